package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Visits as intake tells of them. */
final class VisitOf {

    static final Instant STARTED = Instant.parse("2026-11-29T06:31:23Z");
    static final VisitStatus.Shown BEST = new VisitStatus.Shown("person", 0.5f, new Box(0.125f, 0.25f, 0.5f, 0.75f));

    private VisitOf() {}

    /** The id of the visit with a number. */
    static String id(int number) {
        return "%032x".formatted(number);
    }

    static VisitStatus visit(int number, StreamName stream, Phase phase) {
        return visit(number, stream, phase, 1);
    }

    static VisitStatus visit(int number, StreamName stream, Phase phase, int events) {
        return new VisitStatus(
                id(number),
                stream,
                phase,
                STARTED.plusSeconds(number),
                phase == Phase.END ? Optional.of(STARTED.plusSeconds(number + 12)) : Optional.empty(),
                phase == Phase.END ? 12 : 0,
                "person",
                List.of("person"),
                Map.of("person", 2),
                List.of("Porch"),
                events,
                BEST,
                Optional.of("http://recorder/page"),
                Optional.empty());
    }
}
