package io.lightnvr.mqtt.demo.recorder;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts requests by path. Thread-safe. */
public final class RequestCounter {

    private final Map<String, LongAdder> byPath = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    RequestCounter() {}

    /**
     * The number of requests for a path.
     *
     * @param path as clients send it: with its escapes, without the query
     */
    public long count(String path) {
        LongAdder counted = byPath.get(path);
        return counted == null ? 0 : counted.sum();
    }

    /** The number of different paths with a prefix that were asked for. */
    public long pathsBelow(String prefix) {
        return byPath.keySet().stream().filter(path -> path.startsWith(prefix)).count();
    }

    /** Adds a listener that takes the path of every request before the answer. */
    public void addListener(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** The number of all requests. */
    public long total() {
        return total.sum();
    }

    void add(String path) {
        byPath.computeIfAbsent(path, key -> new LongAdder()).increment();
        total.increment();
        listeners.forEach(listener -> listener.accept(path));
    }
}
