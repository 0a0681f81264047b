package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;
import java.util.List;

/** Understands what a recorder publishes by itself over MQTT. Thread-safe; does not block. */
public interface RecorderEvents {

    /** The topic filter of the recorder's events. */
    String topicFilter();

    /** The topic filter of the recorder's presence, which is retained. */
    String presenceFilter();

    /**
     * Reads a message of these filters.
     *
     * @throws SourceException if it is not what a recorder publishes; the message says why, as in "it is not JSON"
     */
    Heard read(String topic, byte[] payload) throws SourceException;

    /**
     * Finds what is new in detections of one stream, in their order. Call it while nobody else commits anything of this
     * stream; they are found again until the result is {@linkplain DetectionSource.Poll#commit committed}.
     */
    DetectionSource.Poll hear(StreamName stream, List<HeardDetections> detections);

    /** Returns how what was heard of a stream and what was read of it agree, since the last call. */
    Agreement takeAgreement(StreamName stream);

    /** What a message says. */
    sealed interface Heard {

        /** Something was detected. */
        record Detected(HeardDetections detections) implements Heard {}

        /**
         * The condition of a stream has changed.
         *
         * @param online whether it is not down; a degraded one is online
         */
        record StreamCondition(StreamName stream, boolean online) implements Heard {}

        /**
         * The recorder's storage.
         *
         * @param level {@code ok}, {@code warning}, {@code critical} or {@code emergency}
         */
        record Storage(String level) implements Heard {}

        /** The recorder publishes events here, or has stopped. */
        record Presence(boolean online) implements Heard {}

        /** Something of no concern. */
        record Other() implements Heard {}
    }
}
