package io.lightnvr.mqtt.source;

import java.util.Objects;

/**
 * Something that a source shows to nobody, or not to this login. For LightNVR {@code RecorderLogin} words the sentences about the
 * login, and {@code LightNvrApi} the others.
 *
 * @param lost what is missing because of it
 * @param sentence what is refused and what to do about it, for people, without a full stop and without secrets
 */
public record Refusal(Lost lost, String sentence) {

    /** What a refusal costs, the worst first. */
    public enum Lost {
        /** The detections of some stream. */
        DETECTIONS,
        /** Whatever needs the login: the list of all streams, zones and settings. */
        LOGIN,
        /** The zones of some stream. */
        ZONES
    }

    public Refusal {
        Objects.requireNonNull(lost, "lost");
        Objects.requireNonNull(sentence, "sentence");
    }
}
