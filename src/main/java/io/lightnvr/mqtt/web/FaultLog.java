package io.lightnvr.mqtt.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs faults of the page, each kind once in ten minutes, and at most 16 kinds in that time. Thread-safe. */
final class FaultLog {

    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);
    private static final long PAUSE = Duration.ofMinutes(10).toNanos();
    private static final int MOST_KINDS = 16;

    private final LongSupplier nanoTime;
    private final Map<String, Long> loggedAt = new HashMap<>();

    /** @param nanoTime a monotonic clock */
    FaultLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Logs a fault, unless its kind was logged lately. */
    void add(Throwable fault) {
        if (isNew(kind(fault))) {
            LOG.error(
                    "Internal error of the page: please report this bug with the lines below. The bridge goes on.",
                    fault);
        }
    }

    private synchronized boolean isNew(String kind) {
        long now = nanoTime.getAsLong();
        loggedAt.values().removeIf(at -> now - at >= PAUSE);
        return loggedAt.size() < MOST_KINDS && loggedAt.putIfAbsent(kind, now) == null;
    }

    private static String kind(Throwable fault) {
        StackTraceElement[] stack = fault.getStackTrace();
        return fault.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
    }
}
