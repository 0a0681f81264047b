package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must survive: events from when a poll found them until the broker has acknowledged them, how far each stream was
 * read, what it showed, and what was announced. Thread-safe: intake adds, delivery takes and removes.
 *
 * <p>An event passes three stations: <em>waiting</em> (added), <em>sending</em> (taken, now with its sequence, which it
 * keeps for ever) and gone (removed). It is bounded by {@link StoreLimits}: what must go is the oldest that waits, it is
 * counted, and its sequence is left out, so that a consumer sees the gap.
 *
 * <p>Where the disk refuses, everything goes on in memory, as much as there is room for, until it takes it again;
 * {@link Backlog#trouble} says so.
 */
public interface Store extends AutoCloseable {

    /** An id for the life of this store: sequences begin anew under a new one. */
    String storeId();

    /** Where to begin with a stream that has no checkpoint. */
    Beginning beginning();

    /** How far a stream was read. */
    Optional<Checkpoint> checkpoint(StreamName stream);

    /**
     * Takes the events of one poll and how far that poll has read, together or not at all; when it returns, events are
     * on the disk. A checkpoint that only reads on is written within 30 s: what is read again by then is known.
     */
    void add(StreamName stream, List<RenderedEvent> events, Optional<Checkpoint> checkpoint);

    /** Whether there is room for what could as well be fetched later: at most half of it is taken. */
    boolean hasRoom();

    /**
     * Gives waiting events their sequences, durably, and hands them out: first those that had theirs when the process
     * ended the last time, then fresh ones, in the order in which they came, then held-back ones, the oldest first.
     */
    List<SequencedEvent> take(TakeRequest demand);

    /** Forgets events that the broker has, or that were given up; durable with the next {@code take} or {@code settle}. */
    void remove(Collection<SequencedEvent> events);

    /** Makes durable whatever is not. */
    void settle();

    /** Whether the disk takes nothing: {@link #settle} should be tried now and then. */
    boolean isInTrouble();

    /** Fresh events that are not removed yet, in the order in which they came. */
    List<RenderedEvent> fresh();

    /** What waits and what was lost. */
    Backlog backlog();

    /** What was last kept of each stream's state. */
    Map<StreamName, String> states();

    /** Keeps what a stream shows; durable with whatever is written next. */
    void keepState(StreamName stream, String state);

    /** A stream is gone: what it showed is forgotten, its sequence goes on if it ever comes back. */
    void forgetState(StreamName stream);

    /**
     * A stream is gone at the recorder: what it showed and how far it was read are forgotten. Its waiting events stay, and its
     * sequence goes on if it ever comes back.
     */
    void forget(StreamName stream);

    /**
     * The wall clock differs from the clock by which events grow old, since it was set while the process ran. The times in the
     * store are corrected when it is opened the next time, so that what was written under a wrong clock does not look years old.
     *
     * @param offset what the wall clock is ahead; negative if it is behind
     */
    void clockOffset(Duration offset);

    /** The discovery topics with something to keep, in the order in which they were first announced. */
    Map<String, AnnouncedTopic> announcedTopics();

    /** Keeps what is announced on a discovery topic; durable with whatever is written next. */
    void keepAnnounced(String topic, AnnouncedTopic announced);

    /** Removes a discovery topic of which nothing is left; durable with whatever is written next. */
    void removeAnnounced(String topic);

    /** Writes down what is not yet; does not throw. */
    @Override
    void close();
}
