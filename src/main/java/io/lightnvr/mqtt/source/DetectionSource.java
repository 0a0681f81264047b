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
     * Looks for what is new in a stream. The same things are new again at the next poll until they are
     * {@linkplain Poll#taken taken}.
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

    /** What one poll found. */
    interface Poll {

        /** What is new, in the order of its seconds. */
        List<DetectionEvent> events();

        /** Whether more is known to wait that this poll was to fetch, so that the next one should come at once. */
        boolean more();

        /** How many rows were dropped, since the last poll that was taken, because they could not be read. */
        int unreadable();

        /** How many rows the source had at least, since the last poll that was taken, that it could not show. */
        int missed();

        /**
         * How far the stream is read once this poll is taken; nothing where there is nothing to remember. It is to be
         * kept together with the events, before the poll is taken. Where its {@code seen} holds no more than that of the
         * checkpoint that is kept, keeping it may wait (some 30 s): after a restart a little work is done again.
         */
        Optional<Checkpoint> checkpoint();

        /** Confirms that the events are in safe hands: from now on they are not new any more. */
        void taken();
    }
}
