package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.publish.VisitRenderer;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.SequencedEvent;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import io.lightnvr.mqtt.store.TakeRequest;
import io.lightnvr.mqtt.visit.Alerts;
import io.lightnvr.mqtt.visit.VisitReport;
import io.lightnvr.mqtt.visit.VisitRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Visits on their way through the store: with the events that made them, and by the passing of time. */
class VisitsInTheOutboxTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final StreamName PORCH = new StreamName("porch");
    private static final Instant START = Instant.parse("2026-11-28T06:30:00Z");
    private static final Duration CLEAR = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final Clock clock = ((InstantSource) () -> START.plusNanos(time.nanos)).withZone(ZoneOffset.UTC);
    private final Store store = new MemoryStore(new StoreLimits(1_000, Duration.ofDays(1), CLEAR), clock);
    private final List<String> news = new ArrayList<>();
    private final List<String> best = new ArrayList<>();
    private final FakeSource recorder = new FakeSource();
    private Optional<URI> address = Optional.of(URI.create("http://nvr"));
    private OutboxWriter outbox = outbox();

    private OutboxWriter outbox() {
        VisitRenderer renderer = new VisitRenderer(new VisitRenderer.Links() {

            @Override
            public Optional<String> picture(StreamName stream) {
                return Optional.empty();
            }

            @Override
            public Optional<String> page(StreamName stream, long second) {
                return Optional.empty();
            }
        });
        VisitRules rules = new VisitRules("bridge", EventGroups.standard(), ClearTimes.always(CLEAR));
        return new OutboxWriter(
                DetectionFilter.none(),
                new EventRenderer("bridge", EventGroups.standard()),
                store,
                new StatusBoard(),
                new IntakeListener() {

                    @Override
                    public void visited(StreamName stream, List<VisitReport> reports) {
                        reports.forEach(report -> news.add(stream + " " + report.type()));
                    }

                    @Override
                    public void bestChanged(StreamName stream) {
                        best.add("%s, %d stored"
                                .formatted(stream, store.backlog().waiting()));
                    }

                    @Override
                    public void alerts(StreamName stream, Alerts alerts) {
                        news.add(stream + (alerts.isOn(clock.instant()) ? " on" : " off"));
                    }
                },
                Optional.of(new Visits(
                        rules,
                        renderer,
                        Duration.ofMinutes(1),
                        new Clips(recorder, address, clock),
                        clock,
                        store.visits())),
                time);
    }

    @Test
    void reportsAVisitBehindItsFirstEvent() {
        see("person");

        List<SequencedEvent> taken = take();

        assertThat(taken)
                .as("the event, the report, and the event of Home Assistant")
                .hasSize(3);
        assertThat(taken.get(0).sequence()).isOne();
        assertThat(json(taken.get(1)).path("type").asText()).isEqualTo("start");
        assertThat(json(taken.get(1)).path("stream").asText()).isEqualTo("door");
    }

    @Test
    void tellsOfABetterDetectionBeforeItIsStored() {
        see("car");
        see("car");
        see("person");

        assertThat(best).hasSize(2).first().asString().isEqualTo("door, 0 stored");
    }

    @Test
    void endsAVisitByTheTimeAlone() {
        see("person");
        take();

        time.pass(CLEAR);

        assertThat(types(take())).containsExactly("end");
        assertThat(news).containsExactly("door START", "door END");
    }

    @Test
    void sendsWhatIsNewAfterTwoSeconds() {
        see("car");
        time.pass(Duration.ofMillis(500));
        see("person");
        take();

        time.pass(Duration.ofMillis(1_499));
        assertThat(take()).isEmpty();
        time.pass(Duration.ofMillis(1));

        assertThat(types(take())).containsExactly("update");
    }

    @Test
    void endsAVisitThatWasOpenBeforeARestart() {
        see("person");
        take();
        restart();
        see("person");
        assertThat(types(take())).as("it goes on").isEmpty();
        restart();

        time.pass(CLEAR);

        assertThat(types(take())).containsExactly("end");
    }

    @Test
    void alertsAgainAfterThePause() {
        List<JsonNode> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            see("person");
            all.addAll(visits(take()));
            time.pass(CLEAR.plusSeconds(1));
            all.addAll(visits(take()));
        }

        assertThat(all)
                .extracting(visit -> visit.path("type").asText() + " " + visit.path("alert"))
                .containsExactly("start true", "end true", "start false", "end false", "start true", "end true");
    }

    @Test
    void isQuietWhileAlertsAreSnoozedAndTellsWhenTheyAreBack() {
        outbox.changeAlerts(DOOR, alerts -> alerts.snoozed(clock.instant().plusSeconds(60)));
        see("person");
        time.pass(Duration.ofSeconds(60));

        assertThat(visits(take()))
                .extracting(visit -> visit.path("alert").asBoolean())
                .containsOnly(false);
        assertThat(news).contains("door off", "door on");
        see("cat");
        assertThat(visits(take()))
                .extracting(visit -> visit.path("alert").asBoolean())
                .containsOnly(true);
    }

    @Test
    void keepsAlertsOverARestart() {
        outbox.changeAlerts(DOOR, alerts -> alerts.switched(false));
        restart();
        news.clear();

        outbox.tellAlerts(DOOR);
        outbox.tellAlerts(PORCH);

        assertThat(news).containsExactly("door off", "porch on");
    }

    @Test
    void letsAVisitGoOnThoughItsStreamIsRenamed() {
        see("person");
        take();
        outbox.rename(DOOR, PORCH);
        time.pass(Duration.ofSeconds(10));
        see(PORCH, "person");
        assertThat(visits(take())).isEmpty();

        time.pass(CLEAR);

        assertThat(visits(take()))
                .singleElement()
                .satisfies(end -> assertThat(end.path("type").asText() + " "
                                + end.path("stream").asText())
                        .isEqualTo("end porch"));
    }

    @Test
    void keepsTheNewNameOfAStreamOverARestart() {
        see("person");
        take();
        outbox.rename(DOOR, PORCH);
        restart();

        time.pass(CLEAR);

        assertThat(visits(take()))
                .extracting(visit -> visit.path("stream").asText())
                .containsExactly("porch");
    }

    @Test
    void namesTheRecordingAtTheEndOfAVisit() {
        recorder.recordings.add(new Recording("/play/7", START.getEpochSecond() - 60, START.getEpochSecond() + 20));
        see("person");
        take();

        time.pass(CLEAR);

        assertThat(visits(take()))
                .extracting(visit ->
                        visit.path("type").asText() + visit.path("clip").asText())
                .containsExactly("endhttp://nvr/play/7");
        time.pass(Duration.ofHours(1));
        assertThat(recorder.askedForRecordings).isOne();
        assertThat(take()).isEmpty();
    }

    @Test
    void tellsOfARecordingThatIsFinishedAfterTheVisit() {
        see("person");
        time.pass(CLEAR);
        take();
        restart();
        time.pass(Duration.ofMinutes(5));
        assertThat(take()).isEmpty();

        recorder.recordings.add(new Recording("/play/7", START.getEpochSecond() - 60, START.getEpochSecond() + 300));
        time.pass(Duration.ofMinutes(1));

        assertThat(visits(take()))
                .extracting(
                        visit -> visit.path("type").asText() + visit.path("revision"),
                        visit -> visit.path("clip").asText())
                .containsExactly(tuple("clip3", "http://nvr/play/7"));
        time.pass(Duration.ofHours(1));
        assertThat(take()).isEmpty();
        assertThat(news).containsExactly("door START", "door END", "door CLIP");
    }

    @Test
    void looksForARecordingFor20MinutesOnceAMinute() {
        see("person");
        time.pass(CLEAR);
        take();

        time.pass(Duration.ofHours(1));

        assertThat(recorder.askedForRecordings).isEqualTo(1 + 19);
        assertThat(take()).isEmpty();
    }

    @Test
    void endsAVisitThoughTheRecorderDoesNotAnswer() {
        recorder.away = true;
        see("person");
        take();

        time.pass(CLEAR);

        assertThat(types(take())).containsExactly("end");
    }

    @Test
    void tellsNoClipAfter20MinutesThoughTheBridgeWasDown() {
        see("person");
        time.pass(CLEAR);
        take();
        time.drop();
        time.pass(Duration.ofMinutes(21));
        recorder.recordings.add(new Recording("/play/7", START.getEpochSecond() - 60, START.getEpochSecond() + 300));

        restart();
        time.pass(Duration.ofHours(1));

        assertThat(take()).isEmpty();
    }

    @Test
    void goesOnWithoutTheAddressForWhichItAwaitedClips() {
        see("person");
        time.pass(CLEAR);
        take();
        int asked = recorder.askedForRecordings;
        address = Optional.empty();

        restart();
        time.pass(Duration.ofHours(1));

        assertThat(recorder.askedForRecordings).isEqualTo(asked);
    }

    @Test
    void asksARecorderThatDoesNotAnswerOnceAMinuteForAllStreams() {
        recorder.away = true;
        see(DOOR, "person");
        see(PORCH, "person");

        time.pass(CLEAR);

        assertThat(recorder.askedForRecordings).isOne();
        assertThat(types(take())).containsExactly("start", "start", "end", "end");
    }

    @Test
    void asksForNoRecordingThatNobodyCouldOpen() {
        address = Optional.empty();
        restart();
        see("person");

        time.pass(Duration.ofHours(1));

        assertThat(recorder.askedForRecordings).isZero();
    }

    private void restart() {
        time.drop();
        outbox = outbox();
        time.pass(Duration.ZERO);
    }

    private void see(String label) {
        see(DOOR, label);
    }

    private void see(StreamName stream, String label) {
        Detection detection = new Detection(label, 0.9f, Box.whole(), "", "", 1);
        Instant now = clock.instant();
        DetectionEvent event = new DetectionEvent(stream, now.getEpochSecond(), List.of(detection), now);
        outbox.write(stream, () -> new DetectionSource.Poll(List.of(event), false, 0, 0, Optional.empty(), () -> {}));
        time.pass(Duration.ZERO);
    }

    private List<SequencedEvent> take() {
        List<SequencedEvent> taken = store.take(new TakeRequest(1_000, 1_000, Set.of()));
        store.remove(taken);
        return taken;
    }

    private static List<JsonNode> visits(List<SequencedEvent> taken) {
        return taken.stream()
                .filter(entry ->
                        entry.event() instanceof RenderedVisit visit && visit.kind() == RenderedVisit.Kind.REPORT)
                .map(VisitsInTheOutboxTest::json)
                .toList();
    }

    private static List<String> types(List<SequencedEvent> taken) {
        return visits(taken).stream().map(visit -> visit.path("type").asText()).toList();
    }

    private static JsonNode json(SequencedEvent entry) {
        try {
            return new JsonMapper().readTree(((RenderedVisit) entry.event()).payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
