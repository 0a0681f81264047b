package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventGroupsTest {

    @Test
    void personComesFirst() {
        assertThat(EventGroups.standard().labels().keySet()).containsExactly("person", "vehicle", "animal", "package");
    }

    @Test
    void labelsAreComparedWithoutCase() {
        EventGroups groups = new EventGroups(Map.of("vehicle", Set.of("Car")));

        assertThat(groups.contains("vehicle", "CAR")).isTrue();
        assertThat(groups.contains("vehicle", "dog")).isFalse();
        assertThat(groups.contains("animal", "dog")).isFalse();
    }

    @Test
    void groupsOfLabelsKeepTheirOwnOrder() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        labels.put("pets", Set.of("dog", "cat"));
        labels.put("person", Set.of("person"));
        labels.put("animal", Set.of("dog", "cow"));

        assertThat(new EventGroups(labels).of(List.of("person", "chair", "dog")))
                .containsExactly("pets", "person", "animal");
        assertThat(new EventGroups(labels).of(List.of("chair"))).isEmpty();
    }

    @Test
    void everydayLabelsHaveAGroup() {
        Map<String, String> groupByLabel = Map.of(
                "person", "person", "car", "vehicle", "truck", "vehicle", "bicycle", "vehicle", "dog", "animal", "cat",
                "animal", "bird", "animal", "package", "package");

        groupByLabel.forEach((label, group) ->
                assertThat(EventGroups.standard().of(List.of(label))).containsExactly(group));
    }
}
