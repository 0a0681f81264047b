package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.publish.EventRenderer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What intake does, as the user has configured it.
 *
 * @param recorder where the recorder is, without credentials
 * @param filter which streams and detections the user wants
 * @param renderer makes the payloads of an event
 * @param bridge how the bridge publishes, which the recorder's own publisher must not do too
 * @param freshFor how late an event may be to be worth a picture
 * @param visits empty if the user wants none
 */
public record IntakeSettings(
        URI recorder,
        DetectionFilter filter,
        EventRenderer renderer,
        PublisherClash.BridgePublisher bridge,
        Duration freshFor,
        Optional<VisitSettings> visits) {}
