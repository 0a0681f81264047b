package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.VisitRules;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How visits are made of events, as the user has configured it.
 *
 * @param cooldown how long a visit that alerts keeps others of its type from alerting
 * @param pictures the topic of the pictures of a stream
 * @param pages the address of the recorder by which people open its pages, if there is one
 */
public record VisitSettings(
        VisitRules rules, Duration cooldown, Function<StreamName, String> pictures, Optional<URI> pages) {}
