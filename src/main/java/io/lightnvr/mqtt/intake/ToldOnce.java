package io.lightnvr.mqtt.intake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Tells of each trouble once, until it is over. Thread-safe. */
final class ToldOnce {

    /** A trouble beyond these is told again and again, the oldest being forgotten. */
    private static final int MOST = 1_000;

    private final Logger log;
    private final Consumer<String> trouble;
    private final Map<String, String> told = new LinkedHashMap<>();

    /** @param trouble takes each sentence that is told */
    ToldOnce(Logger log, Consumer<String> trouble) {
        this.log = log;
        this.trouble = trouble;
    }

    /**
     * Tells of a trouble, unless its cause is the last that was told about the same.
     *
     * @param sentence which may name more than the cause
     */
    void tell(String about, String cause, String sentence) {
        if (isNew(about, cause)) {
            log.warn("{}", sentence);
            trouble.accept(sentence);
        }
    }

    private synchronized boolean isNew(String about, String cause) {
        if (told.size() >= MOST) {
            told.remove(told.keySet().iterator().next());
        }
        return !cause.equals(told.put(about, cause));
    }

    /** There is no such trouble any more. */
    synchronized void over(String about) {
        told.remove(about);
    }
}
