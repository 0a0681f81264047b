package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import io.lightnvr.mqtt.visit.VisitReport;
import io.lightnvr.mqtt.visit.VisitRules;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a visit that is open when the bridge is killed. */
class OpenVisitsTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final StreamName YARD = new StreamName("yard");
    private static final Instant START = Instant.parse("2026-11-28T06:30:00Z");
    private static final Duration CLEAR = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();
    private final Clock clock = ((InstantSource) () -> START.plusNanos(time.nanos)).withZone(ZoneOffset.UTC);
    private final FakeSource source = new FakeSource();
    private final List<String> news = new ArrayList<>();
    private Store store = store();
    private String id = "";

    private Store store() {
        return new MemoryStore(new StoreLimits(1_000, Duration.ofDays(1), CLEAR), clock);
    }

    private Intake intake(DetectionFilter filter, boolean hasVisits) {
        IntakeListener listener = new IntakeListener() {

            @Override
            public void visitsOpen(Set<String> ids) {
                news.add("open " + ids);
            }

            @Override
            public void visited(StreamName stream, List<VisitReport> reports) {
                reports.forEach(report -> {
                    id = report.visitId();
                    news.add(stream + " " + report.type());
                });
            }
        };
        EventGroups groups = EventGroups.standard();
        VisitRules rules = new VisitRules("bridge", groups, ClearTimes.always(CLEAR));
        VisitSettings visits = new VisitSettings(rules, CLEAR, stream -> "pictures", Optional.empty());
        IntakeSettings settings = new IntakeSettings(
                URI.create("http://nvr"),
                filter,
                new EventRenderer("bridge", groups),
                new PublisherClash.BridgePublisher("lightnvr", "lightnvr-mqtt", "localhost", 1883),
                CLEAR,
                Optional.of(visits).filter(any -> hasVisits));
        StatusBoard board = new StatusBoard();
        return new IntakeFactory(settings, source, listener, new IntakeTimes(time, () -> time.nanos, new Random(1)))
                .intake(store, board, new OpenFindings(board), clock);
    }

    private void beginAndKill() {
        source.list(DOOR, YARD);
        source.found.add(new DetectionEvent(
                DOOR, START.getEpochSecond(), List.of(new Detection("person", 0.9f, Box.whole(), "", "", 1)), START));
        intake(DetectionFilter.none(), true).start();
        time.passUntil(() -> news.contains("door START"));
        source.found.clear();
        time.drop();
        news.clear();
    }

    @Test
    void isOpenAtTheNextStartAndEndsWithItsTime() {
        beginAndKill();

        intake(DetectionFilter.none(), true).start();
        assertThat(news).containsExactly("open [" + id + "]");

        time.pass(CLEAR);
        assertThat(news).endsWith("door END");
    }

    @Test
    void endsWithItsTimeThoughNobodyWantsItsStreamAnyMore() {
        beginAndKill();

        intake(new DetectionFilter(Set.of(), 0, Set.of(YARD), Set.of()), true).start();
        time.pass(CLEAR);

        assertThat(news).containsExactly("open [" + id + "]", "door END");
    }

    @Test
    void endsWithItsTimeThoughItsStreamIsGone() {
        beginAndKill();
        source.list(YARD);

        intake(DetectionFilter.none(), true).start();
        time.pass(CLEAR);

        assertThat(news).containsExactly("open [" + id + "]", "door END");
    }

    @Test
    void isNotOpenWithoutVisits() {
        beginAndKill();

        intake(DetectionFilter.none(), false).start();

        assertThat(news).containsExactly("open []");
        news.clear();
        intake(DetectionFilter.none(), true);
        assertThat(news).containsExactly("open []");
    }

    @Test
    void isNotOpenWhenTheStoreIsLost() {
        beginAndKill();
        store = store();

        intake(DetectionFilter.none(), true);

        assertThat(news).containsExactly("open []");
    }
}
