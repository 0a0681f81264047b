package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlComponentsTest {

    private static final StreamName CAM = new StreamName("cam.1");
    private static final ControlSupport ALL = new ControlSupport(EnumSet.allOf(Control.class), List.of("Gate", "Path"));

    private final ControlComponents components = new ControlComponents(new TopicLayout("nvr/house"));

    @Test
    void namesEachByWhatItDoes() {
        assertThat(components.of(CAM, ALL))
                .extracting(component -> component.platform() + " "
                        + component.options().get("name") + " "
                        + component.options().get("command_topic"))
                .containsExactly(
                        "switch Detection nvr/house/control/cam_1-66498bf0/detection/set",
                        "switch Recording nvr/house/control/cam_1-66498bf0/recording/set",
                        "switch Privacy nvr/house/control/cam_1-66498bf0/privacy/set",
                        "switch Manual recording nvr/house/control/cam_1-66498bf0/manual_recording/set",
                        "button Trigger nvr/house/trigger/cam_1-66498bf0",
                        "select PTZ preset nvr/house/control/cam_1-66498bf0/ptz_preset/set",
                        "button PTZ home nvr/house/control/cam_1-66498bf0/ptz_home/set");
    }

    @Test
    void eachIsAvailableByTheTopicOfControlsAndNotByItsStream() {
        Component detection = components.of(CAM, ALL).get(0);

        assertThat(detection.json("device"))
                .hasToString(
                        "{\"platform\":\"switch\",\"unique_id\":\"device-control_detection\",\"name\":\"Detection\","
                                + "\"state_topic\":\"nvr/house/control/cam_1-66498bf0\",\"qos\":1,"
                                + "\"value_template\":\"{{ (value_json | default({})).detection | default(none, true) }}\","
                                + "\"entity_category\":\"config\","
                                + "\"command_topic\":\"nvr/house/control/cam_1-66498bf0/detection/set\","
                                + "\"icon\":\"mdi:motion-sensor\",\"availability\":[{\"topic\":\"nvr/house/availability\"},"
                                + "{\"topic\":\"nvr/house/control/cam_1-66498bf0\",\"value_template\":\"{{ 'online' if"
                                + " 'detection' in (value_json | default({})).available | default([]) else 'offline' }}\"}],"
                                + "\"availability_mode\":\"all\"}");
    }

    @Test
    void offersThePlacesToWhichTheCameraCanTurn() {
        assertThat(components.of(CAM, ALL))
                .filteredOn(component -> component.platform().equals("select"))
                .singleElement()
                .satisfies(select -> assertThat(select.options()).containsEntry("options", List.of("Gate", "Path")));
    }

    @Test
    void keepsWhatCouldBeControlledOnce() {
        ControlView turning = new ControlView(
                Set.of(Control.PTZ_HOME, Control.PTZ_PRESET), Map.of(), List.of("Gate"), Optional.empty());

        ControlSupport support = ControlSupport.NONE.and(turning).and(ControlView.NONE);

        assertThat(support)
                .isEqualTo(new ControlSupport(Set.of(Control.PTZ_HOME, Control.PTZ_PRESET), List.of("Gate")));
    }
}
