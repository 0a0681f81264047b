package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import java.util.Optional;

/**
 * A visit of the history, with what is kept of its picture.
 *
 * @param picture the number of the picture that is kept, another one for each; 0 if none is
 * @param shown the detection that the picture shows
 */
record KeptVisit(VisitStatus visit, int picture, Optional<VisitStatus.Shown> shown) {

    static KeptVisit of(VisitStatus visit) {
        return new KeptVisit(visit, 0, Optional.empty());
    }

    KeptVisit with(VisitStatus newer) {
        return new KeptVisit(newer, picture, shown);
    }

    KeptVisit pictured(int number, Optional<VisitStatus.Shown> inIt) {
        return new KeptVisit(visit, number, inIt);
    }

    KeptVisit withoutPicture() {
        return of(visit);
    }

    boolean hasPicture() {
        return picture > 0;
    }

    boolean isIn(StreamName stream) {
        return visit.stream().equals(stream);
    }

    boolean isOpen() {
        return visit.phase() != VisitStatus.Phase.END;
    }
}
