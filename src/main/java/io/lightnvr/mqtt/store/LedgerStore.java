package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part that all stores share: a {@link Ledger}, which is its own lock. The lock is held for work in memory only, never
 * for the disk nor for a log line.
 */
abstract class LedgerStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);

    final Ledger ledger;
    final Clock clock;

    LedgerStore(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Why the disk cannot be written; called with the ledger's lock. */
    abstract Optional<String> trouble();

    /** Logs the losses that are due; called without the ledger's lock. */
    final void reportLosses() {
        Optional<String> report;
        synchronized (ledger) {
            report = ledger.losses().report(clock.instant());
        }
        report.ifPresent(LOG::error);
    }

    @Override
    public Optional<Checkpoint> checkpoint(StreamName stream) {
        synchronized (ledger) {
            return ledger.checkpoint(stream);
        }
    }

    @Override
    public Map<StreamName, byte[]> visits() {
        synchronized (ledger) {
            return ledger.visits();
        }
    }

    @Override
    public void forgetVisits(StreamName stream) {
        synchronized (ledger) {
            ledger.forgetVisits(stream);
        }
    }

    @Override
    public boolean hasRoom() {
        synchronized (ledger) {
            return ledger.hasRoom();
        }
    }

    @Override
    public void remove(Collection<SequencedEvent> events) {
        synchronized (ledger) {
            ledger.remove(events);
        }
    }

    @Override
    public Backlog backlog() {
        reportLosses();
        synchronized (ledger) {
            return ledger.backlog(trouble());
        }
    }

    @Override
    public Map<StreamName, String> states() {
        synchronized (ledger) {
            return ledger.states();
        }
    }

    @Override
    public void keepState(StreamName stream, String state) {
        synchronized (ledger) {
            ledger.keepState(stream, state);
        }
    }

    @Override
    public void forgetState(StreamName stream) {
        synchronized (ledger) {
            ledger.forgetState(stream);
        }
    }

    @Override
    public void forget(StreamName stream) {
        synchronized (ledger) {
            ledger.forget(stream);
        }
    }

    @Override
    public Optional<StreamName> streamOf(String camera) {
        synchronized (ledger) {
            return ledger.streamOf(camera);
        }
    }

    @Override
    public Optional<String> cameraOf(StreamName stream) {
        synchronized (ledger) {
            return ledger.cameraOf(stream);
        }
    }

    @Override
    public void keepCamera(StreamName stream, String camera) {
        synchronized (ledger) {
            ledger.keepCamera(stream, camera);
        }
    }

    @Override
    public void rename(StreamName old, StreamName renamed) {
        synchronized (ledger) {
            ledger.rename(old, renamed);
        }
    }

    @Override
    public Map<StreamName, StreamName> devices() {
        synchronized (ledger) {
            return ledger.devices();
        }
    }

    @Override
    public void clockOffset(Duration offset) {
        synchronized (ledger) {
            ledger.unwritten().clockOffset(offset);
        }
        flush();
    }

    @Override
    public Map<String, AnnouncedTopic> announcedTopics() {
        synchronized (ledger) {
            return ledger.announcedTopics();
        }
    }

    @Override
    public void keepAnnounced(String topic, AnnouncedTopic announced) {
        synchronized (ledger) {
            ledger.keepAnnounced(topic, announced);
        }
    }

    @Override
    public void removeAnnounced(String topic) {
        synchronized (ledger) {
            ledger.removeAnnounced(topic);
        }
    }
}
