package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one poll of a stream found; once taken, its window remembers it.
 *
 * @param events the rows that could be read, as events
 * @param said what was logged once and is not to be again
 */
record WindowedPoll(
        StreamName stream, DetectionWindow window, PollResult findings, List<DetectionEvent> events, LogOnce said)
        implements DetectionSource.Poll {

    private static final Logger LOG = LoggerFactory.getLogger(WindowedPoll.class);

    @Override
    public boolean more() {
        return findings.more();
    }

    @Override
    public int unreadable() {
        return findings.unreadable();
    }

    /** Of each second with more rows than the recorder shows, one: how many there are it does not say. */
    @Override
    public int missed() {
        return findings.crowded().size();
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return findings.checkpoint();
    }

    @Override
    public void taken() {
        if (window.take(findings)) {
            tell();
        }
    }

    private void tell() {
        for (long second : findings.crowded()) {
            LOG.warn(
                    "{} has 20 or more detections at {}: the recorder shows no more than 20 of one second, so some may be"
                            + " missing",
                    stream,
                    Instant.ofEpochSecond(second));
        }
        if (findings.unreadable() > 0 && said.first("unreadable " + stream.raw())) {
            LOG.warn("{} has detections that cannot be read: they are left out and counted", stream);
        }
    }
}
