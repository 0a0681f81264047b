package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what must survive the process: events from when a poll found them until the broker has acknowledged them, and per
 * stream the checkpoint and the state, and what was announced. Thread-safe: intake adds, delivery takes and removes.
 *
 * <p>An event is <em>waiting</em> (added), then <em>sending</em> (taken, with a sequence that it keeps for ever), then gone
 * (removed). It is <em>fresh</em> for {@link StoreLimits#freshFor} and <em>delayed</em> from then on. There is room for what
 * {@link StoreLimits} allows: beyond that the oldest waiting event is dropped and counted, and its sequence is left out, so
 * that consumers see the gap.
 *
 * <p>While the disk cannot be written, everything goes on in memory, as far as there is room; {@link Backlog#trouble} says
 * so.
 */
public interface Store extends AutoCloseable {

    /** An id for the life of this store: under a new one, sequences start at 1 again. */
    String storeId();

    /** Where to begin with a stream that has no checkpoint. */
    Beginning beginning();

    /** How far a stream was read. */
    Optional<Checkpoint> checkpoint(StreamName stream);

    /**
     * Takes in the events and the checkpoint of one poll, in one transaction; on return, events are on the disk. A
     * checkpoint that only reads on is written within 5 minutes: what is read again after a kill is known then.
     */
    default void add(StreamName stream, List<? extends Rendered> events, Optional<Checkpoint> checkpoint) {
        add(stream, events, checkpoint, Optional.empty());
    }

    /**
     * Takes in reports of visits in the same transaction, after the events that they tell of, too.
     *
     * @param visits what is to be kept of the stream's visits, if that has changed
     */
    void add(
            StreamName stream,
            List<? extends Rendered> entries,
            Optional<Checkpoint> checkpoint,
            Optional<byte[]> visits);

    /** What was kept last of the visits of each stream. */
    Map<StreamName, byte[]> visits();

    /** Removes what is kept of the visits of a stream; durable with whatever is written next. */
    void forgetVisits(StreamName stream);

    /** Whether there is room for what may as well be fetched later: less than half of it is taken. */
    boolean hasRoom();

    /**
     * Gives waiting events their sequences, durably, and hands them out: first the events that were being sent when the last
     * process ended, then fresh ones in the order in which they came, then delayed ones, the oldest first. A request that gets
     * nothing stands: {@link #add} gives fresh events their sequences in its own transaction, and the next request gets them.
     */
    List<SequencedEvent> take(TakeRequest request);

    /** Removes events that are acknowledged or given up; durable with whatever is written next. */
    void remove(Collection<SequencedEvent> events);

    /** Writes whatever is not on the disk yet, but for checkpoints that only read on. */
    void flush();

    /**
     * How long until {@link #flush} should try the disk again, zero if it is due: while no event comes nothing else does.
     * Empty while the disk can be written and read.
     */
    Optional<Duration> untilRetry();

    /** The fresh events that are not removed yet, in the order in which they came. */
    List<RenderedEvent> fresh();

    /** What waits and what was lost. */
    Backlog backlog();

    /** The state of each stream that was kept last. */
    Map<StreamName, String> states();

    /** Keeps the state of a stream; durable with whatever is written next. */
    void keepState(StreamName stream, String state);

    /** A stream is gone: removes its state, while its sequence goes on if it ever comes back. */
    void forgetState(StreamName stream);

    /**
     * A stream is gone at the recorder: what it showed and how far it was read are forgotten. Its waiting events stay, and its
     * sequence goes on if it ever comes back.
     */
    void forget(StreamName stream);

    /** The stream that was last known to be of a camera, by the recorder's id of it. */
    Optional<StreamName> streamOf(String camera);

    /** The recorder's id of a stream's camera, if it is known. */
    Optional<String> cameraOf(StreamName stream);

    /** Notes of which camera a stream is; durable with whatever is written next. */
    void keepCamera(StreamName stream, String camera);

    /**
     * Lets a stream go on under another name, with its sequence, checkpoint, state and device; durable with whatever is written
     * next. What waits still goes out under the old name, of which nothing else stays.
     */
    void rename(StreamName old, StreamName renamed);

    /** The first name of each stream that was renamed: Home Assistant knows its device by that. */
    Map<StreamName, StreamName> devices();

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

    /** Writes whatever is not on the disk yet, as far as the disk allows; does not throw. */
    @Override
    void close();
}
