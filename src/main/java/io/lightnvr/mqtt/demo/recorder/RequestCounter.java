package io.lightnvr.mqtt.demo.recorder;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was asked, by path. Thread-safe. */
public final class RequestCounter {

    private final Map<String, LongAdder> byPath = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();

    RequestCounter() {}

    /**
     * How often a path was asked for.
     *
     * @param path as it was sent: with its escapes, without the query
     */
    public long count(String path) {
        LongAdder counted = byPath.get(path);
        return counted == null ? 0 : counted.sum();
    }

    /** How often anything was asked for. */
    public long total() {
        return total.sum();
    }

    void add(String path) {
        byPath.computeIfAbsent(path, key -> new LongAdder()).increment();
        total.increment();
    }
}
