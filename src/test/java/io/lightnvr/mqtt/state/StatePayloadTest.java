package io.lightnvr.mqtt.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatePayloadTest {

    @Test
    void isTheContractsByteByByte() {
        Map<String, Integer> labels = new LinkedHashMap<>();
        labels.put("person", 1);
        labels.put("car", 1);
        Map<String, Boolean> groups = groups(true, true);
        StreamView view = new StreamView(
                2,
                labels,
                groups,
                Map.of("entrance", true),
                Map.of(),
                "person",
                Optional.of(Instant.ofEpochSecond(1706745600)));

        assertThat(text(view))
                .isEqualTo("{\"count\":2,\"labels\":{\"person\":1,\"car\":1},\"groups\":{\"person\":\"ON\","
                        + "\"vehicle\":\"ON\",\"animal\":\"OFF\",\"package\":\"OFF\"},\"person\":\"ON\","
                        + "\"zones\":{\"entrance\":\"ON\"},\"last_label\":\"person\","
                        + "\"last_detection\":\"2024-02-01T00:00:00Z\"}")
                .isEqualTo(Example.STATE.text().strip());
    }

    @Test
    void groupsInZonesStandBehindTheZones() {
        Map<String, Boolean> inEntrance = new LinkedHashMap<>();
        inEntrance.put("person", true);
        inEntrance.put("vehicle", false);
        StreamView view = new StreamView(
                0, Map.of(), Map.of(), Map.of("entrance", true), Map.of("entrance", inEntrance), "", Optional.empty());

        assertThat(text(view))
                .contains("\"zones\":{\"entrance\":\"ON\"},"
                        + "\"zone_groups\":{\"entrance\":{\"person\":\"ON\",\"vehicle\":\"OFF\"}},"
                        + "\"last_label\":\"\"");
    }

    @Test
    void nothingIsShownAsNothing() {
        StreamView view = new StreamView(
                0, Map.of(), groups(false, false), Map.of("entrance", false), Map.of(), "", Optional.empty());

        assertThat(text(view))
                .isEqualTo("{\"count\":0,\"labels\":{},\"groups\":{\"person\":\"OFF\",\"vehicle\":\"OFF\","
                        + "\"animal\":\"OFF\",\"package\":\"OFF\"},\"person\":\"OFF\",\"zones\":{\"entrance\":\"OFF\"},"
                        + "\"last_label\":\"\",\"last_detection\":null}");
    }

    @Test
    void personIsOffWhereThereIsNoSuchGroup() {
        StreamView view =
                new StreamView(0, Map.of(), Map.of("pets", true), Map.of(), Map.of(), "前 🚗\"", Optional.empty());

        assertThat(text(view))
                .isEqualTo("{\"count\":0,\"labels\":{},\"groups\":{\"pets\":\"ON\"},\"person\":\"OFF\",\"zones\":{},"
                        + "\"last_label\":\"前 🚗\\\"\",\"last_detection\":null}");
    }

    private static Map<String, Boolean> groups(boolean person, boolean vehicle) {
        Map<String, Boolean> groups = new LinkedHashMap<>();
        groups.put("person", person);
        groups.put("vehicle", vehicle);
        groups.put("animal", false);
        groups.put("package", false);
        return groups;
    }

    private static String text(StreamView view) {
        return new String(StatePayload.bytes(view), StandardCharsets.UTF_8);
    }
}
