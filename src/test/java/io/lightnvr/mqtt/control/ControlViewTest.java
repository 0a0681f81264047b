package io.lightnvr.mqtt.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlViewTest {

    private static final ControlView ALL = new ControlView(
            EnumSet.allOf(Control.class),
            Map.of(
                    Control.DETECTION,
                    true,
                    Control.RECORDING,
                    false,
                    Control.PRIVACY,
                    false,
                    Control.MANUAL_RECORDING,
                    false),
            List.of("Gate", "Path"),
            Optional.empty());

    @Test
    void showsWhatIsAvailableAndHowItIs() {
        assertThat(json(ALL.at(Optional.of("Gate"))))
                .isEqualTo(Example.CONTROLS.text().strip());
    }

    @Test
    void showsNothingOfWhatIsNotAvailable() {
        assertThat(json(ControlView.NONE)).isEqualTo("{\"available\":[]}");
        assertThat(json(ALL.without(Set.of(Control.DETECTION, Control.PTZ_PRESET, Control.TRIGGER))))
                .isEqualTo("{\"available\":[\"recording\",\"privacy\",\"manual_recording\",\"ptz_home\"],"
                        + "\"recording\":\"OFF\",\"privacy\":\"OFF\",\"manual_recording\":\"OFF\"}");
    }

    @Test
    void forgetsAPlaceThatIsGone() {
        assertThat(ALL.at(Optional.of("Shed")).preset()).isEmpty();
        assertThat(json(ALL)).endsWith("\"ptz_preset\":null}");
    }

    @Test
    void knowsWhetherASwitchIsAsItShouldBe() {
        assertThat(ALL.fulfils(new ControlCommand.Switch(Control.DETECTION, true)))
                .isTrue();
        assertThat(ALL.fulfils(new ControlCommand.Switch(Control.DETECTION, false)))
                .isFalse();
        assertThat(ControlView.NONE.fulfils(new ControlCommand.Switch(Control.PRIVACY, false)))
                .isFalse();
        assertThat(ControlView.NONE.fulfils(new ControlCommand.Home())).isTrue();
    }

    private static String json(ControlView view) {
        return new String(view.bytes(), StandardCharsets.UTF_8);
    }
}
