package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.StreamName;

/** Detections of one stream that the recorder published by itself; only the source that read them understands them. */
public interface HeardDetections {

    /** The stream in which something was detected. */
    StreamName stream();
}
