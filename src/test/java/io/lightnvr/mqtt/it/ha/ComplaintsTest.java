package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintsTest {

    private static final String TIME = "2026-11-25 19:08:30.051+00:00 ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING (MainThread) [homeassistant.components.mqtt.discovery] Invalid MQTT device discovery payload for x",
                "WARNING (MainThread) [homeassistant.components.mqtt.discovery] No device components to cleanup for x",
                "WARNING (MainThread) [homeassistant.helpers.template] Template variable warning: 'dict object' has no",
                "ERROR (MainThread) [homeassistant.util.logging] Exception in async_discover_device when dispatching",
                "ERROR (MainThread) [homeassistant.components.mqtt.entity] Platform mqtt does not generate unique IDs.",
                "WARNING (Recorder) [homeassistant.components.recorder.db_schema] State attributes exceed maximum size",
            })
    void hearsWarningsAndErrorsOfEveryPart(String line) {
        assertThat(Complaints.among(List.of(TIME + line))).containsExactly(TIME + line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DEBUG (MainThread) [homeassistant.components.mqtt.client] Received message: WARNING (x) [y] z",
                "INFO (MainThread) [homeassistant.components.mqtt.client] MQTT client initialized, birth message sent",
                "WARNING (MainThread) [homeassistant.bootstrap] Skipping pip installation of required modules. This may",
                "WARNING (MainThread) [homeassistant.components.mqtt.client] Error returned from MQTT server: The",
                "ERROR (MainThread) [homeassistant.components.mqtt.client] Failed to connect to MQTT server due to",
                "WARNING (Recorder) [homeassistant.components.recorder.util] Ended unfinished session (id=1 from",
            })
    void hearsNothingElse(String line) {
        assertThat(Complaints.among(List.of(TIME + line))).isEmpty();
    }

    @Test
    void hearsTheFirstLineOfATraceAndTheLast() {
        String first = TIME + "ERROR (MainThread) [homeassistant] Error doing job: Task exception was never retrieved";

        assertThat(Complaints.among(List.of(first, "Traceback (most recent call last):", "KeyError: 'x'")))
                .containsExactly(first + " KeyError: 'x'");
    }
}
