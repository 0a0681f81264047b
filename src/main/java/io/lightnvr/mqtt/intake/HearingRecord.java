package io.lightnvr.mqtt.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers when detections were last both heard and read. Thread-safe. */
final class HearingRecord {

    private static final int ENOUGH = 20;
    private static final long REMEMBERED_NANOS = Duration.ofDays(1).toNanos();

    private final Deque<Long> confirmedAt = new ArrayDeque<>();

    /** So many detections were heard and read. */
    synchronized void confirmed(int detections, long nanoTime) {
        for (int i = 0; i < Math.min(detections, ENOUGH); i++) {
            confirmedAt.add(nanoTime);
        }
        while (confirmedAt.size() > ENOUGH) {
            confirmedAt.remove();
        }
    }

    /** One was not heard: what was before proves nothing. */
    synchronized void clear() {
        confirmedAt.clear();
    }

    /** Whether 20 were within the last day. */
    synchronized boolean isProven(long nanoTime) {
        return confirmedAt.size() == ENOUGH && nanoTime - confirmedAt.peek() < REMEMBERED_NANOS;
    }
}
