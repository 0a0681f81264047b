package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.OpenFindings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is heard to the outbox, and tells what the recorder says of streams and storage. Whoever may write to the recorder's
 * topics can invent detections and streams: streams that no list has are bounded, and detections that no row confirms are a finding.
 * Thread-safe.
 */
final class HeardStreams implements Hearing.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HeardStreams.class);
    private static final int MOST_UNLISTED = 256;

    private final RecorderEvents events;
    private final CameraNames cameras;
    private final StreamSelection selection;
    private final OutboxWriter outbox;
    private final IntakeListener listener;
    private final OpenFindings findings;
    private final Polls polls;
    private final Set<StreamName> unlisted = ConcurrentHashMap.newKeySet();
    private final Set<StreamName> logged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unconfirmed = new AtomicInteger();
    private volatile Optional<Boolean> presence = Optional.empty();

    /** What polls meanwhile. */
    interface Polls {

        /** The polling of a stream, if it is listed. */
        Optional<StreamPolling> of(StreamName stream);

        /** Polls every stream now. */
        void pollAll();

        /** Lists the streams now. */
        void listAgain();
    }

    HeardStreams(
            RecorderEvents events,
            CameraNames cameras,
            StreamSelection selection,
            OutboxWriter outbox,
            IntakeListener listener,
            OpenFindings findings,
            Polls polls) {
        this.events = events;
        this.cameras = cameras;
        this.selection = selection;
        this.outbox = outbox;
        this.listener = listener;
        this.findings = findings;
        this.polls = polls;
    }

    /** Whether the recorder publishes its events where the bridge listens, as far as is known. */
    boolean isPublishing() {
        return presence.orElse(false);
    }

    /** Whether the recorder, or the broker in its place, has said that it publishes no more. */
    boolean isAway() {
        return !presence.orElse(true);
    }

    /** Takes a new list of the recorder's streams. */
    void listed(StreamList list) {
        unlisted.removeAll(list.names());
        if (list.complete()) {
            unlisted.stream()
                    .filter(logged::add)
                    .forEach(stream -> LOG.warn(
                            "The recorder publishes events of {}, which its list of streams does not have", stream));
        }
    }

    /** How what was heard of a stream and what was read of it agree, since the last call. */
    Agreement takeAgreement(StreamName stream) {
        Agreement agreement = events.takeAgreement(stream);
        if (agreement.unconfirmed() > 0) {
            int all = unconfirmed.addAndGet(agreement.unconfirmed());
            findings.replace("unconfirmed", Optional.of(RecorderDiagnosis.unconfirmed(all, stream)));
        }
        return agreement;
    }

    @Override
    public void detected(StreamName stream, List<HeardDetections> detections) {
        if (!selection.wants(stream) || !isKnown(stream)) {
            return;
        }
        presence = Optional.of(true);
        List<HeardDetections> ours = detections.stream()
                .filter(some -> cameras.heard(stream, some.cameraUuid()))
                .toList();
        if (ours.size() < detections.size()) {
            polls.listAgain(); // which shows the new name, and a poll finds the rows
        }
        if (ours.isEmpty()) {
            return;
        }
        OutboxWriter.Stored stored = outbox.write(stream, () -> events.hear(stream, ours));
        polls.of(stream).ifPresent(polling -> polling.heard(stored));
    }

    /** Whether a stream is listed; one that only events name is looked for, up to a number. */
    private boolean isKnown(StreamName stream) {
        if (polls.of(stream).isPresent() || unlisted.contains(stream)) {
            return true;
        }
        if (unlisted.size() >= MOST_UNLISTED) {
            if (logged.size() <= MOST_UNLISTED && logged.add(stream)) {
                LOG.warn(
                        "Ignoring events of {}: more than {} streams are only known from events",
                        stream,
                        MOST_UNLISTED);
            }
            return false;
        }
        unlisted.add(stream);
        polls.listAgain();
        return true;
    }

    @Override
    public void streamCondition(StreamName stream, boolean online) {
        if (polls.of(stream).isPresent()) {
            listener.streamCondition(stream, online);
            polls.listAgain();
        }
    }

    @Override
    public void mayHaveMissed() {
        polls.pollAll();
    }

    @Override
    public void presence(boolean online) {
        boolean isNews = !Optional.of(online).equals(presence);
        presence = Optional.of(online);
        if (isNews) {
            polls.pollAll();
        }
    }

    @Override
    public void storage(String level) {
        listener.storage(level);
    }

    @Override
    public void refused(Optional<String> sentence) {
        findings.replace("hearing", sentence.map(RecorderDiagnosis::hearingRefused));
    }

    @Override
    public void presenceRefused(Optional<String> sentence) {
        findings.replace("presence", sentence.map(RecorderDiagnosis::presenceRefused));
    }
}
