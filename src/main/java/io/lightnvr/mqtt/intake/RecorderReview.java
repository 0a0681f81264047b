package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.source.RecorderInfo;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.status.OpenFindings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 10 minutes for what goes wrong without any call failing: the recorder's clock against this machine's, and, as its
 * settings show to a login, whether it publishes to MQTT itself. On the bridge's topics every event would come twice, and with
 * the bridge's client id at its broker each would end the other's connection for ever.
 */
final class RecorderReview {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderReview.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final RecorderInfo info;
    private final URI recorder;
    private final PublisherClash.BridgePublisher bridge;
    private final OpenFindings findings;
    private final Clock wall;
    private final IntakeListener listener;
    private boolean isRenamed;

    /**
     * @param recorder where the recorder is
     * @param bridge how the bridge publishes
     * @param wall the machine's clock
     */
    RecorderReview(
            RecorderInfo info,
            URI recorder,
            PublisherClash.BridgePublisher bridge,
            OpenFindings findings,
            Clock wall,
            IntakeListener listener) {
        this.info = info;
        this.recorder = recorder;
        this.bridge = bridge;
        this.findings = findings;
        this.wall = wall;
        this.listener = listener;
    }

    /** Reviews the recorder again and again. */
    void start(Scheduler scheduler) {
        new RepeatingTask(scheduler, this::review).wake();
    }

    private Duration review() throws InterruptedException {
        try {
            findings.replace("clock", RecorderDiagnosis.clock(info.clockAhead(wall)));
            info.nativePublisher().ifPresent(publisher -> review(new PublisherClash(publisher, recorder, bridge)));
            return EVERY;
        } catch (SourceException e) {
            LOG.debug("The recorder cannot be reviewed now: {}", e.getMessage());
            return RETRY;
        }
    }

    private void review(PublisherClash clash) {
        findings.replace("publisher", RecorderDiagnosis.publisher(clash));
        if (clash.sharesClientId() && !isRenamed) {
            isRenamed = true;
            listener.clientIdInUse();
        }
    }
}
