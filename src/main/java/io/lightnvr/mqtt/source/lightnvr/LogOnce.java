package io.lightnvr.mqtt.source.lightnvr;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was said and need not be said again. Thread-safe. */
final class LogOnce {

    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** Whether that is said for the first time. */
    boolean first(String what) {
        return said.add(what);
    }
}
