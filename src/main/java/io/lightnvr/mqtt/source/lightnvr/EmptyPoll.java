package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import java.util.List;
import java.util.Optional;

/** The poll of a stream that the recorder cannot be asked for. */
record EmptyPoll() implements DetectionSource.Poll {

    @Override
    public List<DetectionEvent> events() {
        return List.of();
    }

    @Override
    public boolean more() {
        return false;
    }

    @Override
    public int unreadable() {
        return 0;
    }

    @Override
    public int missed() {
        return 0;
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void taken() {
        // There is nothing to remember.
    }
}
