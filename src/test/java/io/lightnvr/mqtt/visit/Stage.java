package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One stream with a clock that a test sets; the recorder's clock agrees with it until a test says otherwise. */
final class Stage {

    static final Duration CLEAR = Duration.ofSeconds(30);
    static final Box DRIVE = new Box(0.1f, 0.5f, 0.2f, 0.2f);
    static final Box STREET = new Box(0.6f, 0.5f, 0.2f, 0.2f);

    final VisitRules rules;
    Instant now = Instant.ofEpochSecond(Events.SECOND);
    long recorderAhead;
    StreamVisits visits = StreamVisits.NONE;
    final List<VisitReport> reports = new ArrayList<>();
    private int events;

    Stage() {
        this(ClearTimes.always(CLEAR));
    }

    Stage(ClearTimes clearTimes) {
        rules = new VisitRules("instance", EventGroups.standard(), clearTimes);
    }

    static Detection at(Box box, String label, float confidence) {
        return new Detection(label, confidence, box, "", "", 1);
    }

    static Detection inZone(Box box, String label, float confidence, String zone) {
        return new Detection(label, confidence, box, "", zone, 1);
    }

    /** A box that is moved to the right by a part of its width. */
    static Box moved(Box box, double part) {
        return new Box((float) (box.x() + part * box.width()), box.y(), box.width(), box.height());
    }

    Stage waits(double seconds) {
        now = now.plusMillis(Math.round(seconds * 1000));
        return this;
    }

    /** What an event of now reports. */
    List<VisitReport> sees(Detection... detections) {
        return seesLate(0, detections);
    }

    /** What an event reports that comes late. */
    List<VisitReport> seesLate(double seconds, Detection... detections) {
        Instant happened = now.minusMillis(Math.round(seconds * 1000));
        long second = happened.getEpochSecond() + recorderAhead;
        DetectionEvent event = new DetectionEvent(Events.FRONT_DOOR, second, List.of(detections), happened);
        return take(rules.detected(visits, event, "event-" + ++events, now));
    }

    List<VisitReport> passes() {
        return take(rules.pass(visits, now));
    }

    /** Sees a car in the drive every 10 s until it stands still and its visit is over. */
    Stage parks() {
        for (int i = 0; i <= 6; i++) {
            sees(at(DRIVE, "car", 0.8f));
            waits(10);
        }
        waits(20).passes();
        return this;
    }

    private List<VisitReport> take(Step step) {
        visits = step.after();
        reports.addAll(step.reports());
        return step.reports();
    }
}
