package io.lightnvr.mqtt.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgeStateTest {

    private static final DetectionEvent EVENT = new DetectionEvent(
            new StreamName("front_door"),
            1_764_398_400,
            List.of(new Detection("person", 0.9f, Box.whole(), "", "", 1)),
            Instant.EPOCH);

    private static final BridgeState.About ABOUT = new BridgeState.About(
            "0.1.0", "lightnvr_mqtt", "lightnvr-mqtt", "s-1", Instant.parse("2026-11-22T12:00:00.123Z"));

    @Test
    void saysNullWhereThereIsNothingToSay() {
        BridgeState state = new BridgeState(ABOUT, false, 0, new StatusBoard().counts(), 0, 0, Optional.empty());

        assertThat(text(state))
                .isEqualTo("{\"version\":\"0.1.0\",\"instance_id\":\"lightnvr_mqtt\",\"client_id\":\"lightnvr-mqtt\","
                        + "\"store_id\":\"s-1\",\"started\":\"2026-11-22T12:00:00Z\",\"recorder\":\"offline\","
                        + "\"streams\":0,\"seen\":0,\"published\":0,\"missed\":0,\"dropped\":0,\"refused\":0,"
                        + "\"waiting\":0,\"oldest_waiting\":null,\"last_error\":null,\"findings\":[]}");
    }

    @Test
    void saysWhatWasCounted() {
        StatusBoard board = new StatusBoard();
        board.seen(Collections.nCopies(5, EVENT));
        for (int event = 0; event < 3; event++) {
            board.published(Duration.ZERO);
        }
        board.missed(2);
        board.refused();
        board.error("The broker is away");

        BridgeState state = new BridgeState(
                ABOUT, true, 4, board.counts(), 1, 2, Optional.of(Instant.parse("2026-11-22T12:00:01Z")));

        assertThat(text(state))
                .contains("\"recorder\":\"online\",\"streams\":4,\"seen\":5,\"published\":3,\"missed\":2,\"dropped\":1,"
                        + "\"refused\":1,\"waiting\":2,\"oldest_waiting\":\"2026-11-22T12:00:01Z\","
                        + "\"last_error\":\"The broker is away\",\"findings\":[]}");
    }

    @Test
    void hasTheFieldsThatTheReadmeShows() throws IOException {
        BridgeState state = new BridgeState(ABOUT, false, 0, new StatusBoard().counts(), 0, 0, Optional.empty());
        String shown = Example.BRIDGE_STATE.text();

        List<String> fields = new ArrayList<>();
        new ObjectMapper().readTree(shown).fieldNames().forEachRemaining(fields::add);

        assertThat(BridgeState.parse(state.json()).fieldNames()).toIterable().containsExactlyElementsOf(fields);
    }

    private static String text(BridgeState state) {
        return new String(state.json(), StandardCharsets.UTF_8);
    }
}
