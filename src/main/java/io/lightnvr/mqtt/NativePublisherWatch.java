package io.lightnvr.mqtt;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.lightnvr.LightNvrSource;
import io.lightnvr.mqtt.source.lightnvr.NativePublisher;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, until the recorder tells it once, whether the recorder publishes to MQTT by itself, as its settings tell a login: on our topics every event
 * would come twice, and with our client id at our broker each of us would throw the other out for ever.
 */
final class NativePublisherWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NativePublisherWatch.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final LightNvrSource source;
    private final URI recorder;
    private final Configuration.Mqtt mqtt;
    private final Later later;
    private final Consumer<Signal> signals;

    NativePublisherWatch(
            LightNvrSource source, URI recorder, Configuration.Mqtt mqtt, Later later, Consumer<Signal> signals) {
        this.source = source;
        this.recorder = recorder;
        this.mqtt = mqtt;
        this.later = later;
        this.signals = signals;
    }

    /** Looks as soon as the recorder tells. */
    void look() {
        try {
            Optional<NativePublisher> publisher = source.nativePublisher();
            if (publisher.isPresent()) {
                tell(new PublisherClash(publisher.get(), recorder, mqtt));
                return;
            }
        } catch (SourceException e) {
            LOG.debug("The recorder's settings cannot be read now: {}", e.getMessage());
        } catch (InterruptedException e) {
            return;
        }
        later.run(LOOK_AGAIN, this::look);
    }

    private void tell(PublisherClash clash) {
        if (clash.sharesTopics()) {
            LOG.warn(
                    "The recorder publishes to {}/detections itself, so every event comes twice where both use one broker:"
                            + " switch MQTT off in the recorder's settings, or give one of the two another topic_prefix",
                    mqtt.topicPrefix());
        }
        if (clash.sharesClientId()) {
            signals.accept(new Signal.ClientIdInUse("The recorder's own publisher uses our client id"));
        }
    }
}
