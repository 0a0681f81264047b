package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Optional;

/**
 * Where detections come from. Calls block, each for a bounded time; different streams may be polled by different
 * threads at once, one stream by one thread at a time.
 */
public interface DetectionSource extends AutoCloseable {

    /**
     * What streams there are now.
     *
     * @throws SourceException where the source cannot say
     */
    StreamList streams() throws SourceException, InterruptedException;

    /**
     * Looks for what is new in a stream. Later polls return the same events again until one of them is
     * {@linkplain Poll#commit committed}.
     *
     * @param catchUp whether to fetch, too, a part of what was missed earlier; else that waits, and nothing is lost
     * @throws SourceException where the source cannot say; nothing is lost by that
     */
    Poll poll(StreamName stream, boolean catchUp) throws SourceException, InterruptedException;

    /** Takes pictures of the streams, where this source can. */
    default Optional<SnapshotSource> snapshots() {
        return Optional.empty();
    }

    /** Reads the recorder's clock and settings, where this source is a recorder that shows them. */
    default Optional<RecorderInfo> recorderInfo() {
        return Optional.empty();
    }

    /** Ends what is under way; does not throw. */
    @Override
    void close();

    /**
     * The result of one poll of a stream.
     *
     * @param events the new events, in the order of their seconds
     * @param more whether the next poll should come at once, because this one left something that it was to fetch
     * @param unreadable the number of rows dropped, since the last poll that was committed, because they could not be
     *     read
     * @param missed the least number of rows, since the last poll that was committed, that the source had and could not
     *     show
     * @param checkpoint how far the stream is read once this poll is committed; nothing where there is nothing to
     *     remember. Keep it together with the events, before the commit. Where its {@code seen} holds no more than that
     *     of the checkpoint that is kept, keeping it may wait (some 30 s): after a restart a little work is done again.
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

        /** A poll that found nothing and leaves nothing to remember. */
        public static Poll nothing() {
            return NOTHING;
        }

        /** Confirms that the events are stored: later polls do not return them again. A second call does nothing. */
        public void commit() {
            onCommit.run();
        }
    }
}
