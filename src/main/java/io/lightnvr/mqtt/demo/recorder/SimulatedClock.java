package io.lightnvr.mqtt.demo.recorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The recorder's own clock, which may be wrong. Thread-safe. */
public final class SimulatedClock implements InstantSource {

    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final InstantSource right;
    private final ZoneId zone;
    private volatile Duration offset = Duration.ZERO;

    SimulatedClock(InstantSource right, ZoneId zone) {
        this.right = right;
        this.zone = zone;
    }

    /** The time by this clock. */
    @Override
    public Instant instant() {
        return right.instant().plus(offset);
    }

    /** The same in whole epoch seconds, all that a row keeps of it. */
    public long second() {
        return instant().getEpochSecond();
    }

    /** The recorder's local time as its answers give it, without the zone. */
    String localTime() {
        return LOCAL_TIME.format(instant().atZone(zone));
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
