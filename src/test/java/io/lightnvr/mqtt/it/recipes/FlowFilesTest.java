package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What makes a flow importable and readable, whatever it does. */
class FlowFilesTest {

    private static final Set<String> CORE = Set.of(
            "tab",
            "group",
            "comment",
            "mqtt-broker",
            "mqtt in",
            "switch",
            "change",
            "function",
            "trigger",
            "inject",
            "debug",
            "csv",
            "file",
            "catch",
            "http request",
            "delay",
            "link out",
            "link in");

    private static final int GRID = 20;
    private static final int NODE_HEIGHT = 30;
    private static final int LEAST_NODE_WIDTH = 100;

    /** The editor's: an icon and the ports beside the text, which has letters of about this width. */
    private static final int AROUND_TEXT = 57;

    private static final int LETTER_WIDTH = 7;
    private static final int LARGEST_PICTURE = 150 * 1024;

    private final List<FlowFile> flows = FlowFile.all();

    @Test
    void areFive() {
        assertThat(flows)
                .extracting(FlowFile::name)
                .containsExactlyInAnyOrder(
                        "person-at-night", "count-per-label", "gap-and-repeat", "events-to-csv", "visit-to-webhook");
    }

    @Test
    void haveIdsOfNodeRedsKindWhichOnlyTheBrokerShares() {
        Set<String> seen = new HashSet<>();
        for (JsonNode part : all()) {
            assertThat(text(part, "id")).matches("[0-9a-f]{16}");
            if (!text(part, "type").equals("mqtt-broker")) {
                assertThat(seen.add(text(part, "id"))).as("%s is new", part).isTrue();
            }
        }
        assertThat(all("mqtt-broker"))
                .hasSize(5)
                .containsOnly(all("mqtt-broker").get(0));
    }

    @Test
    void useCoreNodesOnlyAndNameEachOfThem() {
        assertThat(all()).allSatisfy(part -> {
            assertThat(CORE).contains(text(part, "type"));
            assertThat(text(part, text(part, "type").equals("tab") ? "label" : "name"))
                    .isNotBlank();
        });
    }

    @Test
    void haveOneTabWithOneCommentThatTellsOfEachSetting() {
        for (FlowFile flow : flows) {
            JsonNode tab = only(flow.parts("tab"));
            JsonNode comment = only(flow.parts("comment"));
            assertThat(flow.parts().get(0)).isEqualTo(tab);
            assertThat(text(comment, "name")).contains(text(tab, "label"));
            assertThat(tab.path("env"))
                    .isNotEmpty()
                    .allSatisfy(
                            setting -> assertThat(text(comment, "info")).contains("`" + text(setting, "name") + "`"));
        }
    }

    @Test
    void haveWiresThatLeadFromEachOutputToANodeOfTheSameTab() {
        for (FlowFile flow : flows) {
            Set<String> nodes = new HashSet<>();
            onTab(flow).forEach(node -> nodes.add(text(node, "id")));
            for (JsonNode node : onTab(flow)) {
                assertThat(text(node, "z")).isEqualTo(text(only(flow.parts("tab")), "id"));
                for (JsonNode output : node.path("wires")) {
                    assertThat(output).extracting(JsonNode::asText).allMatch(nodes::contains);
                }
                if (node.has("outputs")) {
                    assertThat(node.path("wires")).hasSize(node.path("outputs").asInt());
                    assertThat(node.path("wires")).allMatch(output -> !output.isEmpty());
                }
            }
        }
    }

    @Test
    void leaveNoNodeAlone() {
        for (FlowFile flow : flows) {
            Set<String> reached = new HashSet<>();
            onTab(flow)
                    .forEach(node -> node.path("wires")
                            .forEach(output -> output.forEach(target -> reached.add(target.asText()))));
            assertThat(onTab(flow))
                    .filteredOn(node -> !Set.of("comment", "mqtt in", "inject", "catch", "link in")
                            .contains(text(node, "type")))
                    .allMatch(node -> reached.contains(text(node, "id")));
        }
    }

    @Test
    void haveLinksThatLeadBothWays() {
        for (JsonNode out : all("link out")) {
            JsonNode in = only(all("link in").stream()
                    .filter(node -> texts(out.path("links")).equals(List.of(text(node, "id"))))
                    .toList());
            assertThat(texts(in.path("links"))).containsExactly(text(out, "id"));
        }
    }

    @Test
    void lieOnTheGridInTheirGroupsWithoutTouching() {
        for (FlowFile flow : flows) {
            List<Rectangle> places = new ArrayList<>();
            for (JsonNode node : onTab(flow)) {
                assertThat(List.of(node.path("x").asInt() % 10, node.path("y").asInt() % GRID))
                        .as("%s is on the grid", text(node, "name"))
                        .containsOnly(0);
                Rectangle place = place(node);
                assertThat(places).as("%s has room", text(node, "name")).noneMatch(place::intersects);
                assertThat(place.x)
                        .as("%s is within the tab", text(node, "name"))
                        .isNotNegative();
                places.add(place);
            }
            for (JsonNode group : flow.parts("group")) {
                Rectangle area = new Rectangle(
                        group.path("x").asInt(),
                        group.path("y").asInt(),
                        group.path("w").asInt(),
                        group.path("h").asInt());
                List<String> members = texts(group.path("nodes"));
                assertThat(onTab(flow)).allSatisfy(node -> {
                    boolean member = members.contains(text(node, "id"));
                    assertThat(area.contains(place(node)))
                            .as(text(node, "name"))
                            .isEqualTo(member);
                    assertThat(area.intersects(place(node)))
                            .as(text(node, "name"))
                            .isEqualTo(member);
                    assertThat(text(node, "g").equals(text(group, "id"))).isEqualTo(member);
                });
            }
        }
    }

    @Test
    void subscribeWithMqtt5ToTheBrokerOfThisMachineWithoutCredentials() {
        JsonNode broker = all("mqtt-broker").get(0);
        assertThat(text(broker, "broker") + ":" + text(broker, "port")).isEqualTo("localhost:1883");
        assertThat(text(broker, "protocolVersion")).isEqualTo("5");
        assertThat(all("mqtt in")).hasSize(6).allSatisfy(in -> {
            assertThat(text(in, "broker")).isEqualTo(text(broker, "id"));
            assertThat(text(in, "datatype")).isEqualTo("auto-detect");
        });
        assertThat(all()).allSatisfy(part -> {
            assertThat(part.has("credentials")).isFalse();
            assertThat(part.toString()).doesNotContainIgnoringCase("password");
        });
    }

    @Test
    void haveAPictureEach() throws IOException {
        for (FlowFile flow : flows) {
            assertThat(Files.size(flow.picture()))
                    .as("the picture of %s", flow.name())
                    .isBetween(1L, (long) LARGEST_PICTURE);
        }
    }

    private List<JsonNode> all() {
        return flows.stream().flatMap(flow -> flow.parts().stream()).toList();
    }

    private List<JsonNode> all(String type) {
        return flows.stream().flatMap(flow -> flow.parts(type).stream()).toList();
    }

    /** The nodes that are drawn. */
    private static List<JsonNode> onTab(FlowFile flow) {
        return flow.parts().stream().filter(part -> part.has("wires")).toList();
    }

    /** Where the editor draws a node, of which the file tells the middle. */
    private static Rectangle place(JsonNode node) {
        int width = text(node, "type").startsWith("link ")
                ? NODE_HEIGHT
                : Math.max(
                        LEAST_NODE_WIDTH,
                        AROUND_TEXT + LETTER_WIDTH * text(node, "name").length());
        return new Rectangle(
                node.path("x").asInt() - width / 2, node.path("y").asInt() - NODE_HEIGHT / 2, width, NODE_HEIGHT);
    }

    private static JsonNode only(List<JsonNode> parts) {
        assertThat(parts).hasSize(1);
        return parts.get(0);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String text(JsonNode part, String field) {
        return part.path(field).asText();
    }
}
