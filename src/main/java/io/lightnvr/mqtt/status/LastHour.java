package io.lightnvr.mqtt.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Counts events and how long they took, minute by minute, for an hour. Thread-safe. */
public final class LastHour {

    /** How many minutes there are. */
    public static final int MINUTES = 60;

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final long begun;
    private final Slot[] slots = new Slot[MINUTES];

    /**
     * One minute.
     *
     * @param events how many were detected
     * @param median what half of those that were acknowledged took at most, in milliseconds
     * @param longest what the slowest of them took, in milliseconds
     */
    public record Minute(long events, OptionalLong median, OptionalLong longest) {}

    private static final class Slot {

        private final long minute;
        private final Latencies latencies = new Latencies();
        private long events;

        private Slot(long minute) {
            this.minute = minute;
        }
    }

    /** @param nanoTime a monotonic clock */
    public LastHour(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /** Counts events that were detected. */
    public synchronized void detected(int events) {
        slot().events += events;
    }

    /** Counts an event that was acknowledged. */
    public synchronized void acknowledged(Duration latency) {
        slot().latencies.add(latency);
    }

    /** The minutes, the oldest first; the last one is still running. */
    public synchronized List<Minute> minutes() {
        long now = minute();
        List<Minute> minutes = new ArrayList<>();
        for (long minute = now - MINUTES + 1; minute <= now; minute++) {
            Slot slot = slots[Math.floorMod(minute, MINUTES)];
            minutes.add(
                    slot == null || slot.minute != minute
                            ? new Minute(0, OptionalLong.empty(), OptionalLong.empty())
                            : new Minute(slot.events, slot.latencies.medianMillis(), slot.latencies.longestMillis()));
        }
        return minutes;
    }

    private Slot slot() {
        long minute = minute();
        int index = Math.floorMod(minute, MINUTES);
        if (slots[index] == null || slots[index].minute != minute) {
            slots[index] = new Slot(minute);
        }
        return slots[index];
    }

    private long minute() {
        return (nanoTime.getAsLong() - begun) / MINUTE_NANOS;
    }
}
