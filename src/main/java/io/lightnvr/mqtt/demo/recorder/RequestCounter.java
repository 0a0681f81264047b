package io.lightnvr.mqtt.demo.recorder;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts what was asked, by path. Thread-safe. */
public final class RequestCounter {

    private final Map<String, LongAdder> byPath = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

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

    /** How many different paths were asked for that begin with this. */
    public long pathsBelow(String prefix) {
        return byPath.keySet().stream().filter(path -> path.startsWith(prefix)).count();
    }

    /** Hears of the path of every request, before it is answered. */
    public void addListener(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** How often anything was asked for. */
    public long total() {
        return total.sum();
    }

    void add(String path) {
        byPath.computeIfAbsent(path, key -> new LongAdder()).increment();
        total.increment();
        listeners.forEach(listener -> listener.accept(path));
    }
}
