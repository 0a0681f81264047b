package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.util.List;

/** Wires the parts of intake for one recorder. */
public final class IntakeFactory {

    private final IntakeSettings settings;
    private final DetectionSource source;
    private final IntakeTimes times;
    private IntakeListener listener;

    /** @param listener takes the news of intake, on its threads */
    public IntakeFactory(IntakeSettings settings, DetectionSource source, IntakeListener listener, IntakeTimes times) {
        this.settings = settings;
        this.source = source;
        this.listener = listener;
        this.times = times;
    }

    /**
     * Adds pictures, which are fetched on another scheduler's thread; before {@link #intake}.
     *
     * @param clock the time by which events grow old
     */
    public void addSnapshots(SnapshotSource snapshots, Scheduler scheduler, Clock clock) {
        IntakeTimes pictureTimes = new IntakeTimes(scheduler, times.nanoTime(), times.random());
        listener = new WithSnapshots(
                listener, new Snapshots(snapshots, settings.freshFor(), listener, clock, pictureTimes));
    }

    /** Makes the loop, which writes into a store. */
    public Intake intake(Store store, StatusBoard board, OpenFindings findings) {
        return new Intake(
                source,
                new CameraNames(store, source, listener),
                new StreamSelection(settings.filter()),
                new OutboxWriter(settings.filter(), settings.renderer(), store, board, listener),
                listener,
                new RecorderWatch(settings.recorder().toString(), listener, board::error),
                findings,
                new RefusalReview(board),
                times);
    }

    /**
     * Begins to review the recorder, if it shows what there is to review.
     *
     * @param wall the machine's clock
     */
    public void review(OpenFindings findings, Clock wall) {
        source.recorderInfo()
                .ifPresent(info -> new RecorderReview(
                                info, settings.recorder(), settings.bridge(), findings, wall, listener)
                        .start(times.scheduler()));
    }

    /** Passes the news on, and has pictures fetched beside it. */
    private record WithSnapshots(IntakeListener listener, Snapshots snapshots) implements IntakeListener {

        @Override
        public void recorderAnswers(boolean online) {
            listener.recorderAnswers(online);
        }

        @Override
        public void streamsListed(StreamSelection.Selection streams) {
            listener.streamsListed(streams);
            snapshots.streamsListed(streams);
        }

        @Override
        public void detected(List<DetectionEvent> events) {
            listener.detected(events);
            snapshots.detected(events);
        }

        @Override
        public void renamed(StreamName old, StreamName renamed) {
            listener.renamed(old, renamed);
        }

        @Override
        public void streamCondition(StreamName stream, boolean online) {
            listener.streamCondition(stream, online);
        }

        @Override
        public void storage(String level) {
            listener.storage(level);
        }

        @Override
        public void clientIdInUse() {
            listener.clientIdInUse();
        }
    }
}
