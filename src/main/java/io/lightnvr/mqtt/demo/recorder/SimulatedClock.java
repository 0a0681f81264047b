package io.lightnvr.mqtt.demo.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The recorder's own clock, which may be wrong. Thread-safe. */
public final class SimulatedClock implements InstantSource {

    private final InstantSource right;
    private volatile Duration offset = Duration.ZERO;

    public SimulatedClock(InstantSource right) {
        this.right = right;
    }

    /** What the recorder takes for the time. */
    @Override
    public Instant instant() {
        return right.instant().plus(offset);
    }

    /** The same in whole epoch seconds, which is all that a row keeps. */
    public long second() {
        return instant().getEpochSecond();
    }

    /** Sets how far the recorder's clock is ahead of the right time; negative for behind. */
    public void setOffset(Duration ahead) {
        offset = ahead;
    }

    /** The right time, by which the recorder measures how long something takes. */
    Instant rightNow() {
        return right.instant();
    }
}
