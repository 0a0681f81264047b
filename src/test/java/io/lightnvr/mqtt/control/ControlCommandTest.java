package io.lightnvr.mqtt.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlCommandTest {

    private static final StreamName DOOR = new StreamName("front_door");

    @ParameterizedTest
    @CsvSource({"DETECTION, ON, true", "RECORDING, off, false", "PRIVACY, ' On ', true", "MANUAL_RECORDING, OFF, false"
    })
    void readsOnAndOff(Control control, String text, boolean on) {
        assertThat(read(control, text)).isEqualTo(new ControlCommand.Switch(control, on));
    }

    @Test
    void readsWhereTheCameraShallTurn() {
        assertThat(read(Control.PTZ_PRESET, "Gate")).isEqualTo(new ControlCommand.Preset("Gate"));
        assertThat(read(Control.PTZ_HOME, "PRESS")).isEqualTo(new ControlCommand.Home());
    }

    @Test
    void completesATriggerByItsStream() {
        ControlCommand.Trigger trigger =
                trigger("{\"action\":\"pulse\",\"objects\":[\"person\"],\"duration_ms\":1500}");

        assertThat(trigger.isFor(DOOR)).isTrue();
        assertThat(trigger.body(DOOR))
                .isEqualTo(
                        "{\"stream\":\"front_door\",\"action\":\"pulse\",\"objects\":[\"person\"],\"duration_ms\":1500}");
    }

    @Test
    void readsTheTriggerOfTheDocuments() {
        assertThat(trigger(Example.TRIGGER.text()).body(DOOR))
                .isEqualTo("{\"stream\":\"front_door\","
                        + Example.TRIGGER.text().strip().substring(1));
    }

    @Test
    void knowsTheStreamThatATriggerNames() {
        ControlCommand.Trigger trigger = trigger("{\"stream\":\"yard\",\"action\":\"stop\"}");

        assertThat(trigger.isFor(DOOR)).isFalse();
        assertThat(trigger.isFor(new StreamName("yard"))).isTrue();
        assertThat(trigger).isEqualTo(new ControlCommand.Trigger("{\"action\":\"stop\"}", Optional.of("yard")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DETECTION|1|use ON or OFF",
                "PRIVACY|{}|use ON or OFF",
                "PTZ_PRESET|` `|use the name of a preset",
                "PTZ_HOME|home|use PRESS",
                "TRIGGER|PRESS|it is not JSON",
                "TRIGGER|{\"action\":\"pulse\"} x|it is not JSON",
                "TRIGGER|[1]|use a JSON object, such as {\"action\":\"pulse\",\"objects\":[\"person\"]}",
                "TRIGGER|` `|use a JSON object, such as {\"action\":\"pulse\",\"objects\":[\"person\"]}",
                "TRIGGER|{\"action\":\"go\"}|\"action\" must be \"pulse\", \"start\" or \"stop\"",
                "TRIGGER|{\"action\":\"stop\",\"stream\":1}|\"stream\" must be a text, or left out",
                "TRIGGER|{\"action\":\"pulse\",\"objects\":[{\"label\":\"cat\",\"confidence\":1e400}]}|a number in it is too large",
            })
    void saysWhatToUseInstead(Control control, String text, String why) {
        assertThat(read(control, text)).isEqualTo(new CommandReading.Unreadable(why));
    }

    @Test
    void readsNothingThatIsLongerThanACommand() {
        byte[] payload = new byte[ControlCommand.MOST_BYTES + 1];

        assertThat(ControlCommand.read(Control.PTZ_PRESET, payload))
                .isEqualTo(new CommandReading.Unreadable("it is longer than 4,096 bytes"));
    }

    private static ControlCommand.Trigger trigger(String json) {
        return (ControlCommand.Trigger) read(Control.TRIGGER, json);
    }

    private static CommandReading read(Control control, String text) {
        return ControlCommand.read(control, text.getBytes(StandardCharsets.UTF_8));
    }
}
