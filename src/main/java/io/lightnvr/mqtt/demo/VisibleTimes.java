package io.lightnvr.mqtt.demo;

import io.lightnvr.mqtt.demo.recorder.SimulatedRows;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers when each frame became visible in the recorder, to measure the latency of its event. Keeps the newest 10,000 seconds
 * of all streams. Thread-safe.
 */
public final class VisibleTimes implements SimulatedRows.RowListener {

    private static final int MOST_KEPT = 10_000;

    private final Map<Second, Deque<Long>> times = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Second, Deque<Long>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Second(StreamName stream, long second) {}

    @Override
    public synchronized void visible(StreamName stream, long second, long nanoTime) {
        times.computeIfAbsent(new Second(stream, second), key -> new ArrayDeque<>())
                .add(nanoTime);
    }

    /**
     * The latency of an event in nanoseconds; empty if no frame of its second is left, as for an event that is received twice.
     * If several frames share a second, the first event belongs to the first frame.
     *
     * @param receivedNanoTime of the arrival, by {@link System#nanoTime()}
     */
    public synchronized OptionalLong latency(StreamName stream, long second, long receivedNanoTime) {
        Second key = new Second(stream, second);
        Deque<Long> waiting = times.get(key);
        if (waiting == null) {
            return OptionalLong.empty();
        }
        long visible = waiting.remove();
        if (waiting.isEmpty()) {
            times.remove(key);
        }
        return OptionalLong.of(receivedNanoTime - visible);
    }
}
