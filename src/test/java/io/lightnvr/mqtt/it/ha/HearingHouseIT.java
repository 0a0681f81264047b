package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.TestBed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Home Assistant shows of a recorder of the second generation, which publishes what it stores. */
@Execution(ExecutionMode.CONCURRENT)
class HearingHouseIT {

    private static final String PERSON = "binary_sensor.front_door_person";
    private static final String VEHICLE = "binary_sensor.front_door_vehicle";
    private static final String CONNECTION = "binary_sensor.front_door_connection";
    private static final RecorderSetup TODAY = RecorderSetup.open().of(Generation.V0_47);

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;
    private SimulatedEvents events;
    private HomeAssistant homeAssistant;

    @Test
    void aRenamedCameraKeepsItsEntities() {
        begin(TODAY);
        camera.sees(House.PERSON);
        homeAssistant.awaitChange(PERSON, "on");

        StreamName porch = new StreamName("porch");
        house.recorder().rename(camera.stream(), porch);
        house.recorder().rows().insertFrame(porch, house.recorder().clock().second(), House.CAR);

        homeAssistant.awaitChange(VEHICLE, "on");
        homeAssistant.awaitState(CONNECTION, "on");
        assertThat(homeAssistant.states("porch")).isEmpty();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aPersonIsThereWithoutALoginByHearingAlone() {
        begin(TODAY.withAccounts(Account.admin("anna", "s3cret", "")));

        camera.sees(House.PERSON);

        homeAssistant.awaitChange(PERSON, "on");
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void theStorageHasASensorWhenItRunsFull() {
        begin(TODAY);

        events.say("storage.pressure", "system/storage", "{\"level\":\"critical\"}");

        homeAssistant.awaitState("sensor.lightnvr_mqtt_recorder_storage", "critical");
        homeAssistant.assertNoComplaints();
    }

    private void begin(RecorderSetup setup) {
        house = new House(bed, setup);
        camera = house.camera("front_door");
        house.options().with("nvr", "topic_prefix", PublishingRecorder.PREFIX);
        events = PublishingRecorder.start(bed, house.recorder(), house.broker().port());
        homeAssistant = house.homeAssistant();
        house.startBridge().awaitLog("Listening to the recorder's events");
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(CONNECTION, "on");
    }
}
