package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The port to a recorder. Calls block, each for a bounded time; different threads may poll different streams at once,
 * one thread at a time polls one stream.
 */
public interface DetectionSource extends AutoCloseable {

    /**
     * Lists the streams.
     *
     * @throws SourceException if the source does not answer
     */
    StreamList streams() throws SourceException, InterruptedException;

    /**
     * Looks for new detections of a stream. Later polls return the same events again until one of them is {@linkplain
     * Poll#commit committed}.
     *
     * @param catchUp whether to fetch a part of what was missed earlier, too; otherwise that waits, and nothing is lost
     * @throws SourceException if the source does not answer, or {@linkplain SourceException#isRefusal refuses}; nothing
     *     is lost
     */
    Poll poll(StreamName stream, boolean catchUp) throws SourceException, InterruptedException;

    /**
     * Understands what the recorder publishes by itself, if this source can.
     *
     * @param topicPrefix the recorder's own
     */
    default Optional<RecorderEvents> events(String topicPrefix) {
        return Optional.empty();
    }

    /** Returns what the source refuses at present, as the last calls have shown. Thread-safe; does not block. */
    default List<Refusal> refusals() {
        return List.of();
    }

    /** A stream goes on under another name: what was read and heard of it stays known. */
    default void renamed(StreamName old, StreamName renamed) {}

    /** Takes pictures of the streams, if this source can. */
    default Optional<SnapshotSource> snapshots() {
        return Optional.empty();
    }

    /** Tells the recorder to do something, if this source can. */
    default Optional<RecorderControls> controls() {
        return Optional.empty();
    }

    /** Reads the recorder's clock and settings, if this source has any. */
    default Optional<RecorderInfo> recorderInfo() {
        return Optional.empty();
    }

    /** Whether it asks the recorder with a login. */
    default boolean hasLogin() {
        return false;
    }

    /**
     * The path and query, from {@code /} on, of the recorder's page that shows a stream at a time.
     *
     * @param second on the recorder's clock, in epoch seconds
     * @return nothing while the recorder's local time is not known
     */
    default Optional<String> page(StreamName stream, long second) {
        return Optional.empty();
    }

    /**
     * Lists finished recordings of a stream that have something of a span of time, and perhaps others.
     *
     * @param from its first second, on the recorder's clock, in epoch seconds
     * @param until its last second
     * @return none if the source refuses, or has no recordings
     * @throws SourceException if the source does not answer within 5 s
     */
    default List<Recording> recordings(StreamName stream, long from, long until)
            throws SourceException, InterruptedException {
        return List.of();
    }

    /** Cancels running calls; does not throw. */
    @Override
    void close();

    /**
     * What was found in a stream, by a poll or by hearing.
     *
     * @param events the new events, in the order of their seconds
     * @param more whether to poll at once, because something is left to fetch
     * @param unreadable the number of rows skipped as unreadable since the last commit
     * @param missed the least number of rows, since the last commit, that the source had and could not return
     * @param checkpoint how far the stream is read once this is committed, if there is anything to remember. Store
     *     it together with the events, before the commit. If its {@code seen} holds no more than that of the stored
     *     checkpoint, storing it may wait (some 30 s): after a restart a little work is repeated.
     * @param latest what {@link #upToDate} returns
     * @param onCommit what {@link #commit} runs
     */
    record Poll(
            List<DetectionEvent> events,
            boolean more,
            int unreadable,
            int missed,
            Optional<Checkpoint> checkpoint,
            Optional<Supplier<Poll>> latest,
            Runnable onCommit) {

        private static final Poll NOTHING = new Poll(List.of(), false, 0, 0, Optional.empty(), () -> {});

        public Poll {
            events = List.copyOf(events);
        }

        /** A result that nothing heard can change. */
        public Poll(
                List<DetectionEvent> events,
                boolean more,
                int unreadable,
                int missed,
                Optional<Checkpoint> checkpoint,
                Runnable onCommit) {
            this(events, more, unreadable, missed, checkpoint, Optional.empty(), onCommit);
        }

        /** A poll that found nothing and has nothing to remember. */
        public static Poll nothing() {
            return NOTHING;
        }

        /**
         * Returns this result as it is now: what was heard and committed since the poll began is not new any more. Call it
         * while nobody else commits anything of this stream, and go on with what it returns.
         */
        public Poll upToDate() {
            return latest.map(Supplier::get).orElse(this);
        }

        /** Confirms that the events are stored: they are not found again. A second call does nothing. */
        public void commit() {
            onCommit.run();
        }
    }
}
