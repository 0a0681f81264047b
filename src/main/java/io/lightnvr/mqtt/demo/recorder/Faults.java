package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with a recorder until it is told otherwise. Thread-safe. */
public final class Faults {

    private static final String PAGE = "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>";

    private final Map<StreamName, Runnable> races = new ConcurrentHashMap<>();
    private final Map<String, SimulatedAnswer> wrongAnswers = new ConcurrentHashMap<>();
    private volatile Duration delay = Duration.ZERO;

    Faults() {}

    /** Every answer comes this much late. */
    public void delayAnswers(Duration by) {
        delay = by;
    }

    /** Calls whose path begins so are answered with status 500. */
    public void failCalls(String pathPrefix) {
        wrongAnswers.put(pathPrefix, SimulatedAnswer.error(500, "Internal server error"));
    }

    /** Calls whose path begins so are answered with a web page, as a proxy does. */
    public void answerCallsWithHtml(String pathPrefix) {
        wrongAnswers.put(pathPrefix, SimulatedAnswer.html(200, PAGE));
    }

    /**
     * Runs something once, at the next question for a stream's detections, between the recorder's two queries. If it
     * inserts a row, all times of that answer are shifted by one row.
     */
    public void raceOnce(StreamName stream, Runnable between) {
        races.put(stream, between);
    }

    /** All is well again. */
    public void clear() {
        races.clear();
        wrongAnswers.clear();
        delay = Duration.ZERO;
    }

    Optional<SimulatedAnswer> instead(String path) {
        return wrongAnswers.entrySet().stream()
                .filter(fault -> path.startsWith(fault.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    Duration delay() {
        return delay;
    }

    void betweenTheQueries(StreamName stream) {
        Optional.ofNullable(races.remove(stream)).ifPresent(Runnable::run);
    }
}
