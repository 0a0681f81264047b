package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.discovery.Discovery.ImageSupport;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class DiscoveryTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final StreamName DOOR = new StreamName("front_door");

    /** The golden files of each release stay: those that follow must be able to. */
    public static final List<String> RELEASES = List.of("0.1.0", "0.2.0", "0.3.0");

    private static final Path GOLDEN = Path.of("src/test/resources/io/lightnvr/mqtt/discovery");
    private static final Path MADE = Path.of("target/discovery");

    private static final String RELEASE = RELEASES.get(RELEASES.size() - 1);

    private static final Optional<List<Zone>> ZONES =
            Optional.of(List.of(zone("zone_a", "entrance", true), zone("b", "off", false), zone("c", "Tür 🚗", true)));

    private final Discovery discovery = discovery("lightnvr_mqtt", "lightnvr", EventGroups.standard());

    @Test
    void bridgeIsTheGoldenFile() throws IOException {
        Announcement bridge = discovery.bridge();

        assertThat(bridge.topic()).hasToString("homeassistant/device/lightnvr_mqtt_bridge/config");
        assertGolden("bridge.json", bridge);
    }

    @ParameterizedTest
    @CsvSource({
        "front_door, front_door, stream-front_door.json",
        "Tür, T__r-1cff8a95, stream-umlaut.json",
    })
    void streamIsTheGoldenFile(String name, String key, String file) throws IOException {
        Announcement stream =
                discovery.stream(new StreamName(name), ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED);

        assertThat(stream.topic()).hasToString("homeassistant/device/lightnvr_mqtt_stream_" + key + "/config");
        assertGolden(file, stream);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 1/0 }}",
                "{% raw %}",
                "\"},\"x\":{\"",
                "a/b+c#d",
                "<b>",
                "\\",
                "前門 🚗",
                "'",
                "$(reboot)",
                " 0 "
            })
    void anyNameStandsAsTheDevicesNameAndNowhereElse(String raw) throws IOException {
        StreamName stream = new StreamName(raw);
        Announcement announcement = discovery.stream(stream, ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED);
        JsonNode json = MAPPER.readTree(announcement.payload());

        assertThat(json.at("/device/name").textValue()).isEqualTo(raw);
        assertThat(announcement.topic().name()).matches("homeassistant/device/[a-zA-Z0-9_-]+/config");
        json.path("components")
                .forEach(component ->
                        ((com.fasterxml.jackson.databind.node.ObjectNode) component).remove("default_entity_id"));
        String plain = discovery.stream(new StreamName("plain"), ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED)
                .payload();
        assertThat(json.toString()
                        .replace(MAPPER.writeValueAsString(raw), "\"plain\"")
                        .replace(stream.key(), "plain"))
                .isEqualTo(plain);
    }

    @Test
    void aNameShowsNoControlCharacters() throws IOException {
        assertThat(json(stream(new StreamName("a\nb\u001b"))).at("/device/name").textValue())
                .isEqualTo("a?b?");
    }

    @Test
    void onlyNamesThatMakeNoGoodIdsGetThoseOfTheirHash() throws IOException {
        StreamName car = new StreamName("🚗");

        JsonNode unreadable = json(stream(car)).path("components");
        JsonNode readable = json(stream(new StreamName("前門"))).path("components");

        JsonNode endless = json(stream(new StreamName("n".repeat(101)))).path("components");
        assertThat(unreadable.at("/person/default_entity_id").asText())
                .isEqualTo("binary_sensor.stream_" + car.hash() + "_person");
        assertThat(endless.at("/person/default_entity_id").asText()).matches("binary_sensor.stream_[0-9a-f]{8}_person");
        assertThat(unreadable.at("/trigger_person").has("default_entity_id")).isFalse();
        assertThat(readable.toString()).doesNotContain("default_entity_id");
    }

    @Test
    void zonesHaveTheirNamesAndAreKnownByTheirIds() throws IOException {
        JsonNode before = json(discovery.stream(
                DOOR, Optional.of(List.of(zone("z1", "yard", true))), ImageSupport.UNWANTED, ImageSupport.UNWANTED));
        JsonNode after = json(discovery.stream(
                DOOR, Optional.of(List.of(zone("z1", "lawn", true))), ImageSupport.UNWANTED, ImageSupport.UNWANTED));

        assertThat(before.at("/components/zone_z1/name").asText()).isEqualTo("yard");
        assertThat(after.at("/components/zone_z1/name").asText()).isEqualTo("lawn");
        assertThat(after.at("/components/zone_z1/unique_id")).isEqualTo(before.at("/components/zone_z1/unique_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Zone/1", "zone-1", "前"})
    void anyZoneIdMakesAComponent(String id) throws IOException {
        JsonNode components = json(discovery.stream(
                        DOOR,
                        Optional.of(List.of(zone(id, "yard", true))),
                        ImageSupport.UNWANTED,
                        ImageSupport.UNWANTED))
                .path("components");

        assertThat(components.properties())
                .filteredOn(part -> part.getKey().matches("zone_[a-z0-9_]+"))
                .hasSize(1);
    }

    @Test
    void groupsAreThoseOfTheUser() throws IOException {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        groups.put("big_dog", Set.of("wolf"));
        groups.put("person", Set.of("human", "Worker's"));
        Discovery own = discovery("lightnvr_mqtt", "lightnvr", new EventGroups(groups));

        JsonNode components = json(own.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNWANTED))
                .path("components");

        assertThat(components.at("/group_big_dog/name").asText()).isEqualTo("Big dog");
        assertThat(components.at("/detection/event_types").toString())
                .isEqualTo("[\"big_dog\",\"person\",\"motion\",\"other\"]");
        assertThat(components.has("trigger_big_dog")).isTrue();
        assertThat(components.has("group_vehicle")).isFalse();
        assertThat(components.at("/person_count/value_template").asText())
                .contains("label | lower in ['human', 'worker\\U00000027s']");
    }

    @Test
    void withoutPersonsThereIsNothingThatCountsThem() throws IOException {
        Discovery own = discovery("lightnvr_mqtt", "lightnvr", new EventGroups(Map.of("vehicle", Set.of("car"))));

        JsonNode components = json(own.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNWANTED))
                .path("components");

        assertThat(components.has("person")).isFalse();
        assertThat(components.has("person_count")).isFalse();
    }

    @Test
    void keepsZonesAndPicturesThatItDoesNotKnowAtTheMoment() {
        String known = discovery.stream(DOOR, ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED)
                .payload();

        assertThat(discovery.stream(DOOR, Optional.empty(), ImageSupport.UNKNOWN, ImageSupport.UNWANTED)
                        .after(known))
                .isEqualTo(known);
        assertThat(discovery.stream(DOOR, Optional.of(List.of()), ImageSupport.UNKNOWN, ImageSupport.UNWANTED)
                        .after(known))
                .contains("image_topic")
                .doesNotContain("zone_");
        assertThat(discovery.stream(DOOR, Optional.empty(), ImageSupport.UNWANTED, ImageSupport.UNWANTED)
                        .after(known))
                .contains("zone_")
                .doesNotContain("image_topic");
    }

    @Test
    void eachZoneHasTheGroupsThatTheUserWantsInIt() throws IOException {
        Discovery own = withZoneGroups("person", "vehicle");

        JsonNode components = json(own.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNWANTED))
                .path("components");

        JsonNode person =
                components.path("in_zone_person_" + zone("zone_a", "", true).hash());
        assertThat(person.path("name").asText()).isEqualTo("entrance person");
        assertThat(person.path("device_class").asText()).isEqualTo("occupancy");
        assertThat(person.path("value_template").asText())
                .isEqualTo("{{ ((value_json | default({})).zone_groups | default({}))"
                        + ".get('entrance', {}).get('person', 'OFF') }}");
        assertThat(components
                        .path("in_zone_vehicle_" + zone("c", "", true).hash())
                        .path("value_template")
                        .asText())
                .contains(".get('T\\U000000fcr \\U0001f697', {}).get('vehicle', 'OFF')");
        assertThat(components.properties())
                .filteredOn(part -> part.getKey().startsWith("in_zone_"))
                .as("two groups in two zones; the third one is off")
                .hasSize(4);
    }

    @Test
    void groupsInZonesGoWithTheOptionButStayWhileTheZonesAreUnknown() {
        Discovery own = withZoneGroups("person");
        String known = own.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNWANTED)
                .payload();

        assertThat(own.stream(DOOR, Optional.empty(), ImageSupport.UNWANTED, ImageSupport.UNWANTED)
                        .after(known))
                .isEqualTo(known);
        assertThat(discovery.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNWANTED)
                        .after(known))
                .contains("zone_zone_a")
                .doesNotContain("in_zone_");
    }

    @Test
    void keepsASnapshotThatItDoesNotKnowAtTheMoment() throws IOException {
        Announcement known = discovery.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.AVAILABLE);

        assertThat(json(known).at("/components/snapshot").toString())
                .isEqualTo("{\"platform\":\"camera\",\"unique_id\":\"lightnvr_mqtt_stream_front_door-snapshot\","
                        + "\"name\":\"Snapshot\",\"topic\":\"lightnvr/snapshot/front_door\",\"qos\":1}");
        assertThat(DevicePayload.of(known.payload()).topics()).contains("lightnvr/snapshot/front_door");
        assertThat(discovery.stream(DOOR, ZONES, ImageSupport.UNWANTED, ImageSupport.UNKNOWN)
                        .after(known.payload()))
                .isEqualTo(known.payload());
        assertThat(discovery.stream(DOOR, ZONES, ImageSupport.UNKNOWN, ImageSupport.UNWANTED)
                        .after(known.payload()))
                .doesNotContain("camera");
    }

    private static Discovery withZoneGroups(String... zoneGroups) {
        return discovery("lightnvr_mqtt", "lightnvr", EventGroups.standard(), List.of(zoneGroups));
    }

    @Test
    void idsOfStreamsBridgesAndInstancesNeverMeet() {
        Discovery garage = discovery("lightnvr_mqtt_garage", "garage", EventGroups.standard());
        List<Announcement> all = List.of(
                discovery.bridge(),
                stream(new StreamName("bridge")),
                stream(new StreamName("garage")),
                stream(new StreamName("garage_cam")),
                stream(new StreamName("cam.1")),
                stream(new StreamName("cam_1")),
                stream(new StreamName("cam 1")),
                stream(new StreamName("cam_1-person")),
                garage.bridge(),
                garage.stream(new StreamName("cam"), ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED));

        assertThat(all).extracting(Announcement::topic).doesNotHaveDuplicates();
        assertThat(all)
                .flatExtracting(DiscoveryTest::uniqueIds)
                .hasSizeGreaterThan(150)
                .doesNotHaveDuplicates();
    }

    @Test
    void bridgesWithPrefixesOfTheirOwnHaveNamesOfTheirOwn() throws IOException {
        Discovery garage = discovery("lightnvr_mqtt_garage", "garage", EventGroups.standard());

        assertThat(json(garage.bridge()).at("/device/name").textValue()).isEqualTo("LightNVR MQTT (garage)");
    }

    @Test
    void knowsItsOwnAnnouncementsFromOthers() {
        String topic = discovery.streamTopic(DOOR).name();
        String ours = stream(DOOR).payload();

        assertThat(discovery.owns(topic, ours)).isTrue();
        assertThat(discovery.owns("homeassistant/device/lightnvr/config", ours)).isFalse();
        assertThat(discovery.owns(topic, ours.replace("LightNVR MQTT", "LightNVR")))
                .isFalse();
        assertThat(discovery.owns(topic, ours.replace("lightnvr/", "garage/"))).isFalse();
        assertThat(discovery.owns(topic, "nonsense")).isFalse();
        assertThat(discovery.isOfAnother(discovery.bridge().payload())).isFalse();
        assertThat(discovery.isOfAnother(discovery.bridge().payload().replace("lightnvr/", "garage/")))
                .isTrue();
        assertThat(discovery.isOfAnother("")).isFalse();
    }

    @Test
    void saysWhatAnIdMustBe() {
        assertThatThrownBy(() -> discovery("a b", "lightnvr", EventGroups.standard()))
                .hasMessage("Instance id [a b] must match [a-zA-Z0-9_-]+");
        assertThatThrownBy(() -> new Component("a-b", "sensor", Map.of()))
                .hasMessage("Component id [a-b] must match [a-z0-9_]+");
    }

    @Test
    void namesTheBridgeByItsRecorderIfThatHasAName() throws IOException {
        Discovery named = discovery(
                "lightnvr_mqtt_barn", Optional.of("barn"), "lightnvr_barn", EventGroups.standard(), List.of());

        assertThat(json(named.bridge()).path("device").path("name").asText()).isEqualTo("LightNVR MQTT (barn)");
        assertThat(json(named.bridgeWithStorage()).path("device").path("name").asText())
                .isEqualTo("LightNVR MQTT (barn)");
    }

    private Announcement stream(StreamName stream) {
        return discovery.stream(stream, ZONES, ImageSupport.AVAILABLE, ImageSupport.UNWANTED);
    }

    private static Discovery discovery(String instanceId, String prefix, EventGroups groups) {
        return discovery(instanceId, prefix, groups, List.of());
    }

    private static Discovery discovery(String instanceId, String prefix, EventGroups groups, List<String> zoneGroups) {
        return discovery(instanceId, Optional.empty(), prefix, groups, zoneGroups);
    }

    private static Discovery discovery(
            String instanceId, Optional<String> recorder, String prefix, EventGroups groups, List<String> zoneGroups) {
        return new Discovery(
                "homeassistant",
                instanceId,
                recorder,
                new TopicLayout(prefix),
                RELEASE,
                groups,
                zoneGroups,
                Duration.ofSeconds(30),
                true,
                true,
                stream -> Optional.of("http://nvr:8080/" + stream.key()));
    }

    private static Zone zone(String id, String name, boolean enabled) {
        return new Zone(id, name, enabled, List.of(), Set.of(), 0);
    }

    private static JsonNode json(Announcement announcement) throws IOException {
        return MAPPER.readTree(announcement.payload());
    }

    private static List<String> uniqueIds(Announcement announcement) {
        try {
            return json(announcement).at("/components").findValuesAsText("unique_id");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Compares it line by line, for people, and then as it is sent. */
    private static void assertGolden(String file, Announcement announcement) throws IOException {
        Path golden = GOLDEN.resolve(RELEASE).resolve(file);
        Path made = Files.createDirectories(MADE).resolve(file);
        Files.writeString(made, MAPPER.readTree(announcement.payload()).toPrettyString() + "\n");

        assertThat(made)
                .as("If this is how it shall be from now on: cp %s %s", made, golden)
                .hasSameTextualContentAs(golden);
        assertThat(announcement.payload()).isEqualTo(golden(RELEASE, file));
    }

    /** A golden file's JSON without the white space that makes it readable; keys stay in their order. */
    public static String golden(String release, String file) {
        try (InputStream json = DiscoveryTest.class.getResourceAsStream(release + "/" + file)) {
            return MAPPER.readTree(json).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
