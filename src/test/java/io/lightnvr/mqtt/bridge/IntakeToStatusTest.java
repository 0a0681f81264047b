package io.lightnvr.mqtt.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.News;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.VisitStatus;
import io.lightnvr.mqtt.visit.VisitBest;
import io.lightnvr.mqtt.visit.VisitLabel;
import io.lightnvr.mqtt.visit.VisitReport;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeToStatusTest {

    private static final Instant NOW = Instant.parse("2026-11-29T06:31:23.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final StreamName DOOR = new StreamName("front_door");

    private final LiveStatus live = new LiveStatus(CLOCK);
    private final StatusBoard board = new StatusBoard();
    private final List<News> news = new ArrayList<>();
    private final IntakeToStatus status = new IntakeToStatus(
            live,
            board,
            EventGroups.standard(),
            (stream, second) -> Optional.of("http://recorder/" + stream + "/" + second),
            CLOCK);

    @BeforeEach
    void follow() {
        live.follow(news::add);
    }

    private PartStatus recorder() {
        return live.parts().stream()
                .filter(part -> part.part() == Part.RECORDER)
                .findFirst()
                .orElseThrow();
    }

    private static VisitReport report(VisitReport.Type type, OptionalLong ended) {
        return new VisitReport(
                type,
                "0123456789abcdef0123456789abcdef",
                1,
                DOOR,
                100,
                ended,
                12,
                "person",
                List.of(),
                List.of("person", "animal"),
                Map.of("person", new VisitLabel(2, 0.9f)),
                List.of("Porch"),
                7,
                new VisitBest("person", 0.9f, Box.whole(), 101, "event"),
                Optional.of("http://recorder/clip"));
    }

    private static Detection detection(String label, float confidence) {
        return new Detection(label, confidence, Box.whole(), "", "", 1);
    }

    @Test
    void tellsOfTroubleOnceTheRecorderIsAway() {
        status.recorderTrouble("Nobody answers");
        assertThat(recorder().condition()).isEqualTo(PartStatus.Condition.OFFLINE);
        assertThat(recorder().sentence()).isEqualTo("Nobody answers");

        status.recorderAnswers(true);
        assertThat(recorder().condition()).isEqualTo(PartStatus.Condition.ONLINE);
        assertThat(recorder().sentence()).isEmpty();

        status.recorderTrouble("The recorder answers 500");
        assertThat(recorder().condition()).isEqualTo(PartStatus.Condition.ONLINE);

        status.recorderAnswers(false);
        assertThat(recorder().sentence()).isEqualTo("The recorder answers 500");
        assertThat(news).hasSize(3);
    }

    @Test
    void anEventHasItsTypeAndTheSurestDetectionOfIt() {
        List<Detection> detections = List.of(detection("car", 0.9f), detection("person", 0.5f));

        status.detected(List.of(new DetectionEvent(DOOR, 100, detections, Instant.EPOCH)));

        News.Detected told = (News.Detected) news.get(0);
        assertThat(told.event().type()).isEqualTo("person");
        assertThat(told.event().best()).isEqualTo(detection("person", 0.5f));
        assertThat(told.event().detections()).isEqualTo(detections);
        assertThat(told.event().at()).as("when the bridge had it").isEqualTo(NOW);
        assertThat(told.event().second()).isEqualTo(100);
    }

    @Test
    void aVisitHasAllThatPeopleLookAt() {
        status.visited(DOOR, List.of(report(VisitReport.Type.END, OptionalLong.of(112))));

        VisitStatus visit = ((News.Visited) news.get(0)).visit();
        assertThat(visit)
                .isEqualTo(new VisitStatus(
                        "0123456789abcdef0123456789abcdef",
                        DOOR,
                        VisitStatus.Phase.END,
                        Instant.ofEpochSecond(100),
                        Optional.of(Instant.ofEpochSecond(112)),
                        12,
                        "person",
                        List.of("person", "animal"),
                        Map.of("person", 2),
                        List.of("Porch"),
                        7,
                        new VisitStatus.Shown("person", 0.9f, Box.whole()),
                        Optional.of("http://recorder/front_door/100"),
                        Optional.of("http://recorder/clip")));
    }

    @Test
    void aVisitIsCountedWhenItBegins() {
        for (VisitReport.Type type : VisitReport.Type.values()) {
            status.visited(DOOR, List.of(report(type, OptionalLong.empty())));
        }

        assertThat(board.visits()).isEqualTo(1);
        assertThat(news.stream().map(each -> ((News.Visited) each).visit().phase()))
                .containsExactly(
                        VisitStatus.Phase.START,
                        VisitStatus.Phase.UPDATE,
                        VisitStatus.Phase.END,
                        VisitStatus.Phase.END);
    }

    @Test
    void passesOnWhichVisitsAreOpen() {
        status.visitsOpen(Set.of("a", "b"));

        assertThat(news).containsExactly(new News.VisitsOpen(Set.of("a", "b")));
    }

    @Test
    void passesOnPicturesAndNames() {
        byte[] jpeg = {1};
        StreamName porch = new StreamName("porch");

        status.pictured(DOOR, jpeg);
        status.renamed(DOOR, porch);

        assertThat(news).containsExactly(new News.Pictured(DOOR, jpeg), new News.Renamed(DOOR, porch));
    }
}
