package io.lightnvr.mqtt.publish;

import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.event;
import static io.lightnvr.mqtt.event.Events.inZone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.Events;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventRendererTest {

    private static final Optional<Duration> ONE_DAY = Optional.of(Duration.ofDays(1));
    private static final TopicLayout TOPICS = new TopicLayout("lightnvr");
    private static final Instant FOUND = Instant.ofEpochSecond(SECOND);

    private final EventRenderer renderer = new EventRenderer("lightnvr_mqtt", EventGroups.standard());

    @Test
    void enrichedEventIsTheContractsByteByByte() {
        Message enriched = messages(Events.documented(), Duration.ZERO).get(1);

        assertThat(enriched.topic()).hasToString("lightnvr/events/front_door");
        assertThat(enriched.text())
                .isEqualTo("{\"event_type\":\"person\",\"groups\":[\"person\",\"vehicle\"],\"label\":\"person\","
                        + "\"confidence\":0.92,\"labels\":{\"person\":1,\"car\":1},\"zones\":[\"entrance\"],"
                        + "\"event_id\":\"96e0ef7c97c472d1907e68588261abe1\",\"sequence\":42,"
                        + "\"timestamp_iso\":\"2024-02-01T00:00:00Z\",\"delayed_ms\":0}")
                .isEqualTo(Example.ENRICHED_EVENT.text().strip());
    }

    @Test
    void enrichedEventOfHostileTextIsWholeJson() {
        Message enriched =
                messages(event(SECOND, inZone("\"}\n", 1, "\\")), Duration.ZERO).get(1);

        assertThat(enriched.text())
                .startsWith("{\"event_type\":\"other\",\"groups\":[],\"label\":\"\\\"}\\n\",\"confidence\":1,"
                        + "\"labels\":{\"\\\"}\\n\":1},\"zones\":[\"\\\\\"],\"event_id\":\"");
    }

    @Test
    void documentedEventComesFirst() {
        Message documented = messages(Events.documented(), Duration.ZERO).get(0);

        assertThat(documented.topic()).hasToString("lightnvr/detections/front_door");
        assertThat(documented.payload()).isEqualTo(DetectionPayload.bytes(Events.documented()));
    }

    @Test
    void onlyTheDocumentedEventIsRetained() {
        List<Message> messages =
                renderer.render(Events.documented()).messages(TOPICS, Qos.EXACTLY_ONCE, true, 1, ONE_DAY, FOUND);

        assertThat(messages).extracting(Message::retain).containsExactly(true, false);
        assertThat(messages).extracting(Message::qos).containsOnly(Qos.EXACTLY_ONCE);
    }

    @Test
    void messagesExpireButNeverARetainedOne() {
        RenderedEvent rendered = renderer.render(Events.documented());

        List<Message> retained = rendered.messages(TOPICS, Qos.AT_LEAST_ONCE, true, 1, ONE_DAY, FOUND);
        List<Message> passing = rendered.messages(TOPICS, Qos.AT_LEAST_ONCE, false, 1, ONE_DAY, FOUND);

        assertThat(retained).extracting(Message::expiry).containsExactly(Optional.empty(), ONE_DAY);
        assertThat(passing).extracting(Message::expiry).containsExactly(ONE_DAY, ONE_DAY);
    }

    @Test
    void aRenderedEventStillTellsWhatWasSeen() {
        DetectionEvent event = Events.documented();

        Optional<DetectionEvent> again = renderer.render(event).event();

        assertThat(again).contains(event);
    }

    @Test
    void freshEventsCarryIdAndSequence() {
        for (Message message : messages(Events.documented(), Duration.ofMillis(999))) {
            assertThat(message.contentType()).contains("application/json");
            assertThat(message.userProperties())
                    .containsExactly(entry("event_id", "96e0ef7c97c472d1907e68588261abe1"), entry("sequence", "42"));
            assertThat(message.expiry()).isEmpty();
        }
    }

    @Test
    void lateEventsSayHowLateFromASecondUp() {
        List<Message> messages = messages(Events.documented(), Duration.ofMillis(1000));

        assertThat(messages)
                .allSatisfy(message -> assertThat(message.userProperties()).containsEntry("delayed_ms", "1000"));
        assertThat(messages.get(1).text()).endsWith(",\"delayed_ms\":1000}");
    }

    @Test
    void aClockThatWentBackMakesNoNegativeDelay() {
        assertThat(messages(Events.documented(), Duration.ofSeconds(-5)).get(1).text())
                .endsWith(",\"delayed_ms\":0}");
    }

    @Test
    void theSamePiecesServeEverySending() {
        RenderedEvent rendered = renderer.render(Events.documented());
        String first = rendered.messages(TOPICS, Qos.AT_LEAST_ONCE, false, 42, Optional.empty(), FOUND)
                .get(1)
                .text();

        String second = rendered.messages(TOPICS, Qos.AT_LEAST_ONCE, false, 42, Optional.empty(), FOUND)
                .get(1)
                .text();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void renderedEventKeepsWhatTheStoreNeeds() {
        DetectionEvent event = event(SECOND + 5, detection("dog", 0.5f));

        RenderedEvent rendered = renderer.render(event);

        assertThat(rendered.stream()).isEqualTo(event.stream());
        assertThat(rendered.second()).isEqualTo(SECOND + 5);
        assertThat(rendered.eventId()).isEqualTo(EventId.of("lightnvr_mqtt", event));
        assertThat(rendered.sendableSince()).isEqualTo(event.sendableSince());
    }

    @Test
    void refusesASequenceBelowZero() {
        RenderedEvent rendered = renderer.render(Events.documented());

        assertThatThrownBy(() -> rendered.messages(TOPICS, Qos.AT_LEAST_ONCE, false, -1, Optional.empty(), FOUND))
                .hasMessage("A sequence must not be negative: -1");
    }

    private List<Message> messages(DetectionEvent event, Duration delay) {
        return renderer.render(event)
                .messages(TOPICS, Qos.AT_LEAST_ONCE, false, 42, Optional.empty(), FOUND.plus(delay));
    }
}
