package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;

/** Wires the parts of intake for one recorder. */
public final class IntakeFactory {

    private final IntakeSettings settings;
    private final DetectionSource source;
    private final IntakeListener listener;
    private final IntakeTimes times;

    /** @param listener takes the news of intake, on its threads */
    public IntakeFactory(IntakeSettings settings, DetectionSource source, IntakeListener listener, IntakeTimes times) {
        this.settings = settings;
        this.source = source;
        this.listener = listener;
        this.times = times;
    }

    /** Makes the loop, which writes into a store. */
    public Intake intake(Store store, StatusBoard board) {
        return new Intake(
                source,
                new StreamSelection(settings.filter()),
                new OutboxWriter(settings.filter(), settings.renderer(), store, board, listener),
                listener,
                new RecorderWatch(settings.recorder().toString(), listener, board::error),
                times);
    }

    /** Begins to review the recorder, if it is one that can be reviewed. */
    public void review(OpenFindings findings, Clock wall) {
        if (source instanceof LightNvrSource recorder) {
            new RecorderReview(recorder, settings.recorder(), settings.bridge(), findings, wall, listener)
                    .start(times.scheduler());
        }
    }
}
