package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.discovery.DiscoveryTest;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.TestBed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people have set up survives an update from each release that there ever was. */
@Execution(ExecutionMode.CONCURRENT)
class UpgradeIT {

    private static final String PERSON = "binary_sensor.front_door_person";
    private static final String DETECTIONS = "sensor.front_door_detections";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;

    @BeforeEach
    void build() {
        house = new House(bed);
        camera = house.camera("front_door");
    }

    static List<String> releases() {
        return DiscoveryTest.RELEASES;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void namesIdsAndAreasStay(String release) {
        house.retain("lightnvr/availability", "online");
        house.retain("lightnvr/availability/front_door", "online");
        house.retain("lightnvr/state/front_door", "{\"count\":0,\"person\":\"OFF\"}");
        house.retain("homeassistant/device/lightnvr_mqtt_bridge/config", DiscoveryTest.golden(release, "bridge.json"));
        house.retain(
                "homeassistant/device/lightnvr_mqtt_stream_front_door/config",
                DiscoveryTest.golden(release, "stream-front_door.json"));
        HomeAssistant homeAssistant = house.homeAssistant();
        homeAssistant.awaitState(PERSON, "off");
        Registry registry = homeAssistant.registry();
        SeenDevice before = registry.device("lightnvr_mqtt_stream_front_door");
        registry.change(before, Map.of("name_by_user", "Door", "area_id", registry.newArea("Porch")));
        registry.rename(PERSON, "binary_sensor.visitor");
        registry.change("binary_sensor.visitor", Map.of("name", "Visitor"));

        house.startBridge();
        camera.awaitWatched().sees(House.PERSON);

        homeAssistant.awaitChange("binary_sensor.visitor", "on");
        homeAssistant.awaitChange(DETECTIONS, "1");
        assertThat(homeAssistant.find(PERSON)).isEmpty();
        assertThat(registry.entity("binary_sensor.visitor").name()).isEqualTo("Visitor");
        SeenDevice after = registry.device("lightnvr_mqtt_stream_front_door");
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.name()).isEqualTo("Door");
        assertThat(after.areaId()).isNotEmpty();
        assertThat(registry.entities()).noneMatch(entity -> entity.entityId().endsWith("_2"));
        homeAssistant.assertNoComplaints();
    }
}
