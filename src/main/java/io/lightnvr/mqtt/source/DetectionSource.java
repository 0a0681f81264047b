package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Optional;

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
     * @throws SourceException if the source does not answer; nothing is lost
     */
    Poll poll(StreamName stream, boolean catchUp) throws SourceException, InterruptedException;

    /** Takes pictures of the streams, if this source can. */
    default Optional<SnapshotSource> snapshots() {
        return Optional.empty();
    }

    /** Reads the recorder's clock and settings, if this source has any. */
    default Optional<RecorderInfo> recorderInfo() {
        return Optional.empty();
    }

    /** Cancels running calls; does not throw. */
    @Override
    void close();

    /**
     * The result of one poll of a stream.
     *
     * @param events the new events, in the order of their seconds
     * @param more whether to poll again at once, because this poll left something that it was to fetch
     * @param unreadable the number of rows skipped as unreadable since the last committed poll
     * @param missed the least number of rows, since the last committed poll, that the source had and could not return
     * @param checkpoint how far the stream is read once this poll is committed, if there is anything to remember. Store
     *     it together with the events, before the commit. If its {@code seen} holds no more than that of the stored
     *     checkpoint, storing it may wait (some 30 s): after a restart a little work is repeated.
     * @param onCommit what {@link #commit} runs
     */
    record Poll(
            List<DetectionEvent> events,
            boolean more,
            int unreadable,
            int missed,
            Optional<Checkpoint> checkpoint,
            Runnable onCommit) {

        private static final Poll NOTHING = new Poll(List.of(), false, 0, 0, Optional.empty(), () -> {});

        public Poll {
            events = List.copyOf(events);
        }

        /** A poll that found nothing and has nothing to remember. */
        public static Poll nothing() {
            return NOTHING;
        }

        /** Confirms that the events are stored: later polls do not return them again. A second call does nothing. */
        public void commit() {
            onCommit.run();
        }
    }
}
