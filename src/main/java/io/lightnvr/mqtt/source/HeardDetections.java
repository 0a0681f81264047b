package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Optional;

/** Detections of one stream that the recorder published by itself; only the source that read them understands them. */
public interface HeardDetections {

    /** The stream in which something was detected. */
    StreamName stream();

    /** The identity of its camera, which survives a new name; empty if it is not known. */
    Optional<String> cameraUuid();
}
