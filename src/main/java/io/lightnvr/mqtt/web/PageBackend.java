package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the page asks of a running bridge, besides what it reads in {@code status}. Thread-safe. */
public interface PageBackend {

    /**
     * Who the bridge is.
     *
     * @param types what a visit may be of: all groups, then {@code motion} and {@code other}
     */
    record About(String version, String instanceId, String topicPrefix, Instant started, List<String> types) {}

    /**
     * What waits for the broker.
     *
     * @param dropped how many events were given up since the start
     * @param oldest since when the oldest event waits
     */
    record Waiting(int waiting, Optional<Instant> oldest, long dropped) {}

    /** Something that a person wanted could not be done; the message says why, to people. */
    final class ActionException extends Exception {

        private static final long serialVersionUID = 1L;

        public ActionException(String sentence) {
            super(sentence);
        }
    }

    /** Who the bridge is. */
    About about();

    /**
     * The time for people, on the wall clock.
     *
     * @param instant by the clock by which events grow old
     */
    Instant wall(Instant instant);

    /** What waits for the broker now. */
    Waiting waiting();

    /** Whether the bridge's loops work, whatever its neighbours do. */
    boolean isWorking();

    /** The options in force and their values, secrets hidden. */
    Map<String, String> configuration();

    /**
     * A picture of a stream now, a JPEG; blocks for some seconds at most.
     *
     * @return nothing if the recorder has none, or must not show one
     * @throws ActionException if it cannot be told now whether there is one
     */
    Optional<byte[]> picture(StreamName stream) throws ActionException, InterruptedException;

    /** Checks everything; blocks until it is done. */
    void check(Consumer<Finding> listener) throws InterruptedException;

    /**
     * Publishes a test event and waits for the broker.
     *
     * @return what has happened, for people
     */
    String testEvent(StreamName stream, String label) throws ActionException, InterruptedException;

    /** Announces everything to Home Assistant again, soon. */
    void announceAgain();

    /** Removes a stream that the recorder no longer lists, soon. */
    void forget(StreamName stream);

    /** A text without the addresses and names of people and places, for a bug report. */
    String anonymous(String text);
}
