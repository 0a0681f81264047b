package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Faults of a recorder, each until {@link #clear}. Thread-safe. */
public final class Faults {

    private static final String PAGE = "<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>";

    private final Map<StreamName, Runnable> races = new ConcurrentHashMap<>();
    private final Map<String, SimulatedAnswer> wrongAnswers = new ConcurrentHashMap<>();
    private volatile Duration delay = Duration.ZERO;

    Faults() {}

    /** Delays every answer. */
    public void delayAnswers(Duration by) {
        delay = by;
    }

    /** Answers calls with status 500 if their path has this prefix. */
    public void failCalls(String pathPrefix) {
        wrongAnswers.put(pathPrefix, SimulatedAnswer.error(500, "Internal server error"));
    }

    /** Answers calls with a web page, as a proxy does, if their path has this prefix. */
    public void answerCallsWithHtml(String pathPrefix) {
        wrongAnswers.put(pathPrefix, SimulatedAnswer.html(200, PAGE));
    }

    /**
     * Runs an action once, between the recorder's two queries for the next answer with a stream's detections. If it inserts a
     * row, all times of that answer are shifted by one row.
     */
    public void raceOnce(StreamName stream, Runnable between) {
        races.put(stream, between);
    }

    /** Ends all faults. */
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
