package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import java.util.Optional;

/**
 * A visit of the history, with what is kept of its picture.
 *
 * @param pictures how many pictures it has had, of which the last is kept; 0 if none is
 * @param shown the detection that the picture shows
 */
record KeptVisit(VisitStatus visit, int pictures, Optional<VisitStatus.Shown> shown) {

    static KeptVisit of(VisitStatus visit) {
        return new KeptVisit(visit, 0, Optional.empty());
    }

    KeptVisit with(VisitStatus newer) {
        return new KeptVisit(newer, pictures, shown);
    }

    KeptVisit pictured(Optional<VisitStatus.Shown> inIt) {
        return new KeptVisit(visit, pictures + 1, inIt);
    }

    KeptVisit withoutPicture() {
        return new KeptVisit(visit, 0, Optional.empty());
    }

    KeptVisit renamed(StreamName other) {
        return new KeptVisit(visit.of(other), pictures, shown);
    }

    boolean isOpen() {
        return visit.phase() != VisitStatus.Phase.END;
    }
}
