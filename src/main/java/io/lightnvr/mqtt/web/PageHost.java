package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.status.Finding;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the page asks of the process, whatever the number of recorders is. Thread-safe. */
public interface PageHost {

    /** Whether the loops of all bridges that run work, whatever their neighbours do. */
    boolean isWorking();

    /** The options in force and their values, secrets hidden. */
    Map<String, String> configuration();

    /** What is wrong with recorders that do not run; names those that have left files behind. */
    List<Finding> troubles();

    /** The names of recorders that have no entry any more, and whose devices may still be there. */
    List<String> left();

    /** Checks everything; blocks until it is done. */
    void check(Consumer<Finding> listener) throws InterruptedException;

    /**
     * Removes all that a recorder without an entry has left; blocks until it is done.
     *
     * @return what has happened, for people
     */
    String forgetRecorder(String name) throws PageBackend.ActionException, InterruptedException;

    /** A text without the addresses and names of people and places, for a bug report. */
    String anonymous(String text);
}
