package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes of one transaction, which takes the file to where the {@link Ledger} was at one moment.
 *
 * @param sequenced events of the file that have their sequences now
 * @param announced discovery topics, and what is announced there now
 * @param clockOffset how far the wall clock is ahead of the clock by which events grow old, if that is news
 * @param removed ids of events; those that never came into the file may be among them
 */
record Changes(
        List<Added> added,
        List<Sequence> sequenced,
        List<Long> removed,
        List<Stream> streams,
        Map<String, Optional<AnnouncedTopic>> announced,
        Optional<Duration> clockOffset) {

    /**
     * An event that is new to the file.
     *
     * @param sequence 0 if it has none yet
     */
    record Added(long id, long stream, Rendered event, long added, long sequence) {}

    /** An event that is being sent. */
    record Sequence(long id, long sequence) {}

    /**
     * A stream of which something has changed.
     *
     * @param written the checkpoint that is in the file
     * @param camera the recorder's id of the camera
     * @param device the first name of a stream that was renamed
     * @param visits the open visit and what stands still
     */
    record Stream(
            long id,
            StreamName name,
            long sequence,
            Optional<Checkpoint> written,
            Optional<Checkpoint> checkpoint,
            Optional<String> state,
            Optional<String> camera,
            Optional<StreamName> device,
            Optional<byte[]> visits) {}
}
