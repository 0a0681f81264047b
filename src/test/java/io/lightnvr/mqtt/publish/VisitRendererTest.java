package io.lightnvr.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.VisitBest;
import io.lightnvr.mqtt.visit.VisitLabel;
import io.lightnvr.mqtt.visit.VisitReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VisitRendererTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:30:42Z");
    private static final long STARTED = Instant.parse("2026-11-28T06:30:00Z").getEpochSecond();
    private static final StreamName DOOR = new StreamName("front_door");

    /** The example of the documentation. */
    @Test
    void rendersTheDocumentedBytes() {
        assertThat(text(
                        links("lightnvr/image/front_door", "http://192.168.1.20:8080/timeline.html"),
                        OptionalLong.empty()))
                .isEqualTo("{\"type\":\"update\",\"visit_id\":\"5f0c2a7e9b1d4c63a8e2f7d01b94c6aa\",\"revision\":3,"
                        + "\"stream\":\"front_door\",\"started\":\"2026-11-28T06:30:00Z\",\"ended\":null,\"duration\":42,"
                        + "\"event_type\":\"person\",\"groups\":[\"person\",\"vehicle\"],"
                        + "\"labels\":{\"person\":{\"most\":2,\"confidence\":0.93},\"car\":{\"most\":1,\"confidence\":0.88}},"
                        + "\"zones\":[\"path\",\"entrance\"],\"events\":17,"
                        + "\"best\":{\"label\":\"person\",\"confidence\":0.93,\"x\":0.25,\"y\":0.3,\"width\":0.15,\"height\":0.45,"
                        + "\"timestamp_iso\":\"2026-11-28T06:30:12Z\",\"event_id\":\"96e0ef7c97c472d1907e68588261abe1\"},"
                        + "\"alert\":true,\"picture\":\"lightnvr/image/front_door\","
                        + "\"page\":\"http://192.168.1.20:8080/timeline.html\",\"clip\":null}");
    }

    @Test
    void rendersNullForWhatThereIsNot() {
        assertThat(text(links(null, null), OptionalLong.of(STARTED + 42)))
                .contains("\"ended\":\"2026-11-28T06:30:42Z\"")
                .endsWith("\"picture\":null,\"page\":null,\"clip\":null}");
    }

    @Test
    void tellsHomeAssistantOfEachNewTypeAndOfTheEnd() {
        List<RenderedVisit> all =
                rendered(VisitReport.Type.END, links(null, "http://nvr/timeline.html"), OptionalLong.of(STARTED + 42));

        List<Message> events = all.stream()
                .skip(1)
                .map(event -> event.message(
                        new TopicLayout("lightnvr"), Qos.AT_LEAST_ONCE, Optional.empty(), NOW.plusMillis(7)))
                .toList();
        assertThat(events).extracting(event -> event.topic().name()).containsOnly("lightnvr/visits/front_door/event");
        assertThat(events)
                .extracting(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .containsExactly(event("person"), event("vehicle"), event("ended"));
    }

    @Test
    void namesTheRecordingWhereThereIsOne() {
        VisitReport end = report(VisitReport.Type.END, OptionalLong.of(STARTED + 42));
        VisitRenderer renderer = new VisitRenderer(links(null, null));

        assertThat(renderer.render(end.with("http://nvr/play/7"), true, NOW))
                .extracting(visit -> new String(visit.payload(), StandardCharsets.UTF_8))
                .allMatch(json -> json.contains("\"clip\":\"http://nvr/play/7\""));
        assertThat(renderer.render(end.followedBy("http://nvr/play/7"), true, NOW))
                .extracting(visit -> new String(visit.payload(), StandardCharsets.UTF_8))
                .singleElement()
                .asString()
                .startsWith("{\"type\":\"clip\",")
                .contains("\"revision\":4,", "\"ended\":\"2026-11-28T06:30:42Z\"", "\"clip\":\"http://nvr/play/7\"");
    }

    private static String event(String type) {
        return "{\"event_type\":\"" + type + "\",\"visit_id\":\"5f0c2a7e9b1d4c63a8e2f7d01b94c6aa\","
                + "\"started\":\"2026-11-28T06:30:00Z\",\"label\":\"person\",\"confidence\":0.93,"
                + "\"groups\":[\"person\",\"vehicle\"],\"zones\":[\"path\",\"entrance\"],\"duration\":42,"
                + "\"page\":\"http://nvr/timeline.html\",\"clip\":null,\"delayed_ms\":7}";
    }

    @Test
    void goesToTheTopicOfItsStreamUnretained() {
        RenderedVisit visit = rendered(VisitReport.Type.UPDATE, links(null, null), OptionalLong.empty())
                .get(0);

        Message message = visit.message(
                new TopicLayout("lightnvr"), Qos.AT_LEAST_ONCE, Optional.of(Duration.ofHours(1)), NOW.plusSeconds(5));

        assertThat(message.topic().name()).isEqualTo("lightnvr/visits/front_door");
        assertThat(message.retain()).isFalse();
        assertThat(message.userProperties()).isEqualTo(Map.of("delayed_ms", "5000"));
        assertThat(visit.sendableSince()).isEqualTo(NOW);
    }

    private static String text(VisitRenderer.Links links, OptionalLong ended) {
        return new String(rendered(VisitReport.Type.UPDATE, links, ended).get(0).payload(), StandardCharsets.UTF_8);
    }

    private static List<RenderedVisit> rendered(VisitReport.Type type, VisitRenderer.Links links, OptionalLong ended) {
        return new VisitRenderer(links).render(report(type, ended), true, NOW);
    }

    private static VisitReport report(VisitReport.Type type, OptionalLong ended) {
        Map<String, VisitLabel> labels = new LinkedHashMap<>();
        labels.put("person", new VisitLabel(2, 0.93f));
        labels.put("car", new VisitLabel(1, 0.88f));
        return new VisitReport(
                type,
                "5f0c2a7e9b1d4c63a8e2f7d01b94c6aa",
                3,
                DOOR,
                STARTED,
                ended,
                42,
                "person",
                List.of("person", "vehicle"),
                List.of("person", "vehicle"),
                labels,
                List.of("path", "entrance"),
                17,
                new VisitBest(
                        "person",
                        0.93f,
                        new Box(0.25f, 0.3f, 0.15f, 0.45f),
                        STARTED + 12,
                        "96e0ef7c97c472d1907e68588261abe1"),
                Optional.empty());
    }

    private static VisitRenderer.Links links(String picture, String page) {
        return new VisitRenderer.Links() {

            @Override
            public Optional<String> picture(StreamName stream) {
                return Optional.ofNullable(picture);
            }

            @Override
            public Optional<String> page(StreamName stream, long second) {
                return Optional.ofNullable(page);
            }
        };
    }
}
