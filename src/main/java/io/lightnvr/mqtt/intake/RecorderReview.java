package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.status.Diagnosis;
import io.lightnvr.mqtt.status.OpenFindings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 10 minutes at what goes wrong without any call failing: the recorder's clock against ours, and, as its
 * settings tell a login, whether it publishes to MQTT by itself. On our topics every event would come twice, and with our
 * client id at our broker each of us would throw the other out for ever.
 */
public final class RecorderReview {

    private static final Logger LOG = LoggerFactory.getLogger(RecorderReview.class);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final LightNvrSource source;
    private final URI recorder;
    private final Configuration.Mqtt mqtt;
    private final OpenFindings findings;
    private final Clock wall;
    private final Scheduler later;
    private final Consumer<DeliverySignal> signals;
    private boolean renamed;

    /** @param wall what the machine's clock says now */
    public RecorderReview(
            LightNvrSource source,
            URI recorder,
            Configuration.Mqtt mqtt,
            OpenFindings findings,
            Clock wall,
            Scheduler later,
            Consumer<DeliverySignal> signals) {
        this.source = source;
        this.recorder = recorder;
        this.mqtt = mqtt;
        this.findings = findings;
        this.wall = wall;
        this.later = later;
        this.signals = signals;
    }

    /** Looks now and from now on. */
    public void look() {
        Duration wait = LOOK_EVERY;
        try {
            findings.are("clock", Diagnosis.clock(source.clockAhead(wall)));
            source.nativePublisher().ifPresent(publisher -> tell(new PublisherClash(publisher, recorder, mqtt)));
        } catch (SourceException e) {
            LOG.debug("The recorder cannot be reviewed now: {}", e.getMessage());
            wait = RETRY;
        } catch (InterruptedException e) {
            return;
        }
        later.run(wait, this::look);
    }

    private void tell(PublisherClash clash) {
        findings.are("publisher", Diagnosis.publisher(clash));
        if (clash.sharesClientId() && !renamed) {
            renamed = true;
            signals.accept(new DeliverySignal.ClientIdInUse());
        }
    }
}
