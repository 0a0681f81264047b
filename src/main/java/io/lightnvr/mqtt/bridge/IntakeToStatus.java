package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.VisitStatus;
import io.lightnvr.mqtt.visit.VisitReport;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Shows what intake reports to those who look on. Streams and what they show come from delivery. */
final class IntakeToStatus implements IntakeListener {

    private final LiveStatus live;
    private final StatusBoard board;
    private final EventGroups groups;
    private final BiFunction<StreamName, Long, Optional<String>> pages;
    private final Clock clock;
    private volatile boolean isOnline;
    private volatile String trouble = "";

    /**
     * @param pages the address of the recorder's page of a stream at a second of its clock, if people can open it
     * @param clock the clock by which events grow old
     */
    IntakeToStatus(
            LiveStatus live,
            StatusBoard board,
            EventGroups groups,
            BiFunction<StreamName, Long, Optional<String>> pages,
            Clock clock) {
        this.live = live;
        this.board = board;
        this.groups = groups;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public void recorderAnswers(boolean online) {
        isOnline = online;
        live.part(Part.RECORDER, online ? Condition.ONLINE : Condition.OFFLINE, online ? "" : trouble);
    }

    /** One that answers is offline only when it has been silent for a while. */
    @Override
    public void recorderTrouble(String sentence) {
        trouble = sentence;
        if (!isOnline) {
            live.part(Part.RECORDER, Condition.OFFLINE, sentence);
        }
    }

    @Override
    public void renamed(StreamName old, StreamName renamed) {
        live.renamed(old, renamed);
    }

    @Override
    public void detected(List<DetectionEvent> events) {
        for (DetectionEvent event : events) {
            EventSummary summary = EventSummary.of(event, groups);
            live.detected(new SeenEvent(
                    event.stream(),
                    clock.instant(),
                    event.second(),
                    summary.type(),
                    summary.best(),
                    event.detections()));
        }
    }

    @Override
    public void visitsOpen(Set<String> ids) {
        live.visitsOpen(ids);
    }

    @Override
    public void visited(StreamName stream, List<VisitReport> reports) {
        for (VisitReport report : reports) {
            if (report.type() == VisitReport.Type.START) {
                board.visit();
            }
            live.visited(visit(report));
        }
    }

    private VisitStatus visit(VisitReport report) {
        Map<String, Integer> labels = new LinkedHashMap<>();
        report.labels().forEach((label, visit) -> labels.put(label, visit.most()));
        return new VisitStatus(
                report.visitId(),
                report.stream(),
                phase(report.type()),
                EventTime.of(report.started()),
                report.ended().stream().mapToObj(EventTime::of).findFirst(),
                report.duration(),
                report.eventType(),
                report.groups(),
                labels,
                report.zones(),
                report.events(),
                new VisitStatus.Shown(
                        report.best().label(),
                        report.best().confidence(),
                        report.best().box()),
                pages.apply(report.stream(), report.started()),
                report.clip());
    }

    private static VisitStatus.Phase phase(VisitReport.Type type) {
        return switch (type) {
            case START -> VisitStatus.Phase.START;
            case UPDATE -> VisitStatus.Phase.UPDATE;
            case END, CLIP -> VisitStatus.Phase.END;
        };
    }

    @Override
    public void pictured(StreamName stream, byte[] jpeg) {
        live.pictured(stream, jpeg);
    }
}
