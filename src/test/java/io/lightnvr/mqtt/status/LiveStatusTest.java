package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.PartStatus.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveStatusTest {

    private static final StreamName DOOR = new StreamName("Front Door");
    private static final StreamName YARD = new StreamName("Yard");

    private Instant now = Instant.parse("2026-11-29T08:00:00Z");
    private final LiveStatus live = new LiveStatus(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    private final List<News> news = new ArrayList<>();

    LiveStatusTest() {
        live.follow(news::add);
    }

    @Test
    void knowsNothingOfItsNeighboursAtFirst() {
        assertThat(live.parts()).hasSize(4).allSatisfy(part -> {
            assertThat(part.condition()).isEqualTo(Condition.UNKNOWN);
            assertThat(part.since()).isEmpty();
        });
    }

    @Test
    void tellsSinceWhenANeighbourIsAway() {
        live.part(Part.BROKER, Condition.OFFLINE, "The broker refuses");
        Instant lost = now;
        now = now.plusSeconds(60);
        live.part(Part.BROKER, Condition.OFFLINE, "The broker does not answer");

        assertThat(live.parts().get(Part.BROKER.ordinal()).since()).contains(lost);
        assertThat(news).hasSize(2);
    }

    @Test
    void tellsNothingTwice() {
        live.part(Part.RECORDER, Condition.ONLINE, "");
        live.part(Part.RECORDER, Condition.ONLINE, "");
        live.cameras(List.of(camera(DOOR, true)));
        live.cameras(List.of(camera(DOOR, true)));
        live.shows(DOOR, List.of("person"), Set.of("Porch"));
        live.shows(DOOR, List.of("person"), Set.of("Porch"));

        assertThat(news).hasSize(3);
    }

    @Test
    void keepsSinceWhenSomebodyIsThere() {
        live.cameras(List.of(camera(DOOR, true)));
        live.shows(DOOR, List.of("person"), Set.of());
        Instant came = now;
        now = now.plusSeconds(9);
        live.shows(DOOR, List.of("animal", "person"), Set.of());

        assertThat(stream(DOOR).present()).containsEntry("person", came).containsEntry("animal", now);
        assertThat(stream(DOOR).present().keySet()).containsExactly("animal", "person");
    }

    @Test
    void keepsWhatAStreamShowsWhenItGoesOffline() {
        live.cameras(List.of(camera(YARD, true), camera(DOOR, true)));
        live.shows(DOOR, List.of("person"), Set.of("Porch"));
        live.detected(event(DOOR));
        live.cameras(List.of(camera(DOOR, false)));

        assertThat(live.streams()).singleElement().satisfies(stream -> {
            assertThat(stream.camera().online()).isFalse();
            assertThat(stream.occupied()).containsExactly("Porch");
            assertThat(stream.last()).isPresent();
        });
    }

    @Test
    void keepsWhatARenamedStreamShows() {
        live.cameras(List.of(camera(DOOR, true)));
        live.shows(DOOR, List.of("person"), Set.of("Porch"));
        live.detected(event(DOOR));

        live.renamed(DOOR, YARD);
        live.cameras(List.of(camera(YARD, true)));

        assertThat(live.stream(DOOR)).isEmpty();
        assertThat(stream(YARD).present()).containsKey("person");
        assertThat(stream(YARD).last().orElseThrow().stream()).isEqualTo(YARD);
    }

    @Test
    void ordersStreamsByName() {
        live.cameras(List.of(camera(YARD, true), camera(DOOR, true)));

        assertThat(live.streams()).extracting(stream -> stream.camera().name()).containsExactly(DOOR, YARD);
    }

    @Test
    void tellsOfAnEventOfAStreamThatIsNotListed() {
        live.detected(event(YARD));
        live.shows(YARD, List.of("person"), Set.of());

        assertThat(news).singleElement().isInstanceOf(News.Detected.class);
        assertThat(live.stream(YARD)).isEmpty();
    }

    private StreamStatus stream(StreamName name) {
        return live.stream(name).orElseThrow();
    }

    private static StreamStatus.Camera camera(StreamName name, boolean online) {
        return new StreamStatus.Camera(name, online, false, List.of());
    }

    private SeenEvent event(StreamName stream) {
        Detection person = new Detection("person", 0.9f, Box.whole(), "", "", 1);
        return new SeenEvent(stream, now, now.getEpochSecond(), "person", person, List.of(person));
    }
}
