package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What stores have in common: a {@link Ledger}, which is its own lock, and is held for no more than memory work. */
abstract class LedgerStore implements Store {

    final Ledger ledger;
    final Clock clock;

    LedgerStore(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Why nothing can be written at the moment; called with the ledger's lock. */
    abstract Optional<String> trouble();

    @Override
    public boolean isInTrouble() {
        synchronized (ledger) {
            return trouble().isPresent();
        }
    }

    @Override
    public Optional<Checkpoint> checkpoint(StreamName stream) {
        synchronized (ledger) {
            return ledger.checkpoint(stream);
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
        synchronized (ledger) {
            return ledger.backlog(trouble(), clock.instant());
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
    public void clockOffset(Duration offset) {
        synchronized (ledger) {
            ledger.unwritten().clockOffset(offset);
        }
        settle();
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
