package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the page asks of the bridge of one recorder, besides what it reads in {@code status}. Thread-safe. */
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

    /** A sentence for people, with the options that it names as they are spelled for this recorder. */
    String spelled(String sentence);

    /** Whether the bridge's loops work, whatever its neighbours do. */
    boolean isWorking();

    /**
     * A picture of a stream now, a JPEG; blocks for some seconds at most.
     *
     * @return nothing if the recorder has none, or must not show one
     * @throws ActionException if it cannot be told now whether there is one
     */
    Optional<byte[]> picture(StreamName stream) throws ActionException, InterruptedException;

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
}
