package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedSettings;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.RecorderControls.Outcome;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What both generations of LightNVR let themselves be told. */
class LightNvrControlsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final Duration WITHIN = Duration.ofSeconds(5);
    private static final ControlCommand.Switch START = new ControlCommand.Switch(Control.MANUAL_RECORDING, true);
    private static final ControlCommand.Switch STOP = new ControlCommand.Switch(Control.MANUAL_RECORDING, false);

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private long nanos;
    private SimulatedRecorder recorder;
    private LightNvrApi api;
    private RecorderControls controls;

    @AfterEach
    void close() {
        api.close();
        recorder.close();
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatAUserMayAndHowItIs(Generation generation) throws Exception {
        start(generation, "userkey");

        assertThat(controls.read(DOOR))
                .returns(
                        Set.of(
                                Control.DETECTION,
                                Control.RECORDING,
                                Control.PRIVACY,
                                Control.MANUAL_RECORDING,
                                Control.TRIGGER),
                        ControlView::able)
                .satisfies(view -> assertThat(view.on())
                        .containsEntry(Control.DETECTION, true)
                        .containsEntry(Control.RECORDING, false)
                        .containsEntry(Control.PRIVACY, false)
                        .containsEntry(Control.MANUAL_RECORDING, false));
    }

    @ParameterizedTest
    @EnumSource
    void aViewerMayNothing(Generation generation) throws Exception {
        start(generation, "viewerkey");

        assertThat(controls.read(DOOR).able()).isEmpty();
        for (ControlCommand command : new ControlCommand[] {
            new ControlCommand.Switch(Control.DETECTION, false), START, trigger("{\"action\":\"pulse\"}")
        }) {
            Outcome outcome = controls.carryOut(DOOR, command, WITHIN);
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FORBIDDEN);
            assertThat(outcome.why()).endsWith("\" (403); The API key needs the role User");
        }
    }

    @Test
    void withoutALoginThereIsARefusal() throws Exception {
        start(Generation.V0_47, "");

        assertThatThrownBy(() -> controls.read(DOOR))
                .isInstanceOf(SourceException.class)
                .hasMessage("the recorder wants a login: set nvr.api_key, or nvr.username and nvr.password");
    }

    @ParameterizedTest
    @CsvSource({"DETECTION, false", "RECORDING, true", "PRIVACY, true"})
    void changesOneSettingAndNoOther(Control control, boolean on) throws Exception {
        start(Generation.V0_37, "userkey");
        recorder.streams().change(DOOR, settings -> settings.withOnvif(true));
        SimulatedSettings before = recorder.streams().settings(DOOR);

        assertThat(controls.carryOut(DOOR, new ControlCommand.Switch(control, on), WITHIN))
                .isEqualTo(Outcome.ACCEPTED);
        now = now.plusSeconds(1);

        assertThat(controls.read(DOOR).on()).containsEntry(control, on);
        assertThat(recorder.streams().settings(DOOR))
                .isEqualTo(
                        switch (control) {
                            case DETECTION -> before.detecting(false);
                            case RECORDING -> before.recording(true);
                            default -> before.inPrivate(true);
                        });
    }

    @Test
    void restartsNoStreamForWhatIsSoAlready() throws Exception {
        start(Generation.V0_37, "userkey");
        controls.carryOut(DOOR, new ControlCommand.Switch(Control.DETECTION, true), WITHIN);

        assertThat(recorder.requests().total()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void recordsByHand(Generation generation) throws Exception {
        start(generation, "userkey");

        assertThat(controls.carryOut(DOOR, START, WITHIN)).isEqualTo(Outcome.ACCEPTED);
        assertThat(controls.read(DOOR).on()).containsEntry(Control.MANUAL_RECORDING, true);
        assertThat(controls.carryOut(DOOR, START, WITHIN)).isEqualTo(Outcome.ACCEPTED);
        assertThat(controls.carryOut(DOOR, STOP, WITHIN)).isEqualTo(Outcome.ACCEPTED);
        assertThat(controls.read(DOOR).on()).containsEntry(Control.MANUAL_RECORDING, false);
    }

    @Test
    void recordsNothingByHandWhileItIsRecordedAnyway() throws Exception {
        start(Generation.V0_37, "userkey");
        recorder.streams().change(DOOR, settings -> settings.recording(true));

        assertThat(controls.read(DOOR).able()).doesNotContain(Control.MANUAL_RECORDING);
        assertThat(controls.carryOut(DOOR, START, WITHIN))
                .isEqualTo(new Outcome(
                        Outcome.Kind.CONFLICT,
                        "\"A continuous, detection, or manual recording is already active\" (409)"));
    }

    @Test
    void triggersWithTheRecordersOwnJson() throws Exception {
        start(Generation.V0_37, "userkey");

        assertThat(controls.carryOut(DOOR, trigger("{\"action\":\"pulse\",\"objects\":[\"person\"]}"), WITHIN))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(controls.carryOut(DOOR, trigger("{\"action\":\"stop\",\"stream\":\"yard\"}"), WITHIN))
                .isEqualTo(new Outcome(Outcome.Kind.WRONG, "its \"stream\" is another one; leave it out"));
    }

    @Test
    void turnsTheCameraWhereItCan() throws Exception {
        start(Generation.V0_47, "userkey");
        assertThat(controls.read(DOOR).able()).doesNotContain(Control.PTZ_PRESET, Control.PTZ_HOME);
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate", "", "Gate"));

        ControlView view = controls.read(DOOR);
        assertThat(view.able()).contains(Control.PTZ_PRESET, Control.PTZ_HOME);
        assertThat(view.presets()).containsExactly("Gate", "2", "Gate (3)");
        assertThat(controls.carryOut(DOOR, new ControlCommand.Preset("Gate (3)"), WITHIN))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(recorder.place(DOOR)).contains("3");
        assertThat(controls.carryOut(DOOR, new ControlCommand.Home(), WITHIN)).isEqualTo(Outcome.ACCEPTED);
        assertThat(recorder.place(DOOR)).contains("home");
        assertThat(controls.carryOut(DOOR, new ControlCommand.Preset("Shed"), WITHIN))
                .isEqualTo(new Outcome(Outcome.Kind.WRONG, "the camera has no preset of that name"));
    }

    @Test
    void asksACameraSeldomWhereItCanTurn() throws Exception {
        start(Generation.V0_37, "userkey");
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate"));
        controls.read(DOOR);
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate", "Path"));
        nanos += Duration.ofMinutes(9).toNanos();
        assertThat(controls.read(DOOR).presets()).containsExactly("Gate");

        nanos += Duration.ofMinutes(1).toNanos();

        assertThat(controls.read(DOOR).presets()).containsExactly("Gate", "Path");
    }

    @Test
    void aCameraThatDoesNotAnswerTakesNothingFromItsStream() throws Exception {
        start(Generation.V0_37, "userkey");
        recorder.streams().change(DOOR, settings -> settings.turningTo("Gate"));
        recorder.faults().answerCallsWithHtml("/api/streams/front_door/ptz");

        assertThat(controls.read(DOOR).able())
                .contains(Control.DETECTION, Control.RECORDING)
                .doesNotContain(Control.PTZ_PRESET);

        recorder.faults().clear();
        assertThat(controls.read(DOOR).able()).as("asked again later").doesNotContain(Control.PTZ_PRESET);
        nanos += Duration.ofMinutes(10).toNanos();
        assertThat(controls.read(DOOR).able()).contains(Control.PTZ_PRESET);
    }

    @Test
    void knowsNothingOfAStreamThatIsNotThere() throws Exception {
        start(Generation.V0_37, "userkey");

        assertThat(controls.read(new StreamName("nobody"))).isEqualTo(ControlView.NONE);
        assertThat(controls.carryOut(new StreamName("nobody"), START, WITHIN))
                .isEqualTo(new Outcome(Outcome.Kind.WRONG, "\"Stream not found\" (404)"));
    }

    @Test
    void anOlderRecorderRecordsNothingByHand() throws Exception {
        start(Generation.V0_37, "userkey");
        recorder.faults().failCalls("/api/streams/front_door/recording");

        assertThat(controls.read(DOOR).able()).contains(Control.DETECTION).doesNotContain(Control.MANUAL_RECORDING);
    }

    private static ControlCommand trigger(String json) {
        return (ControlCommand) ControlCommand.read(Control.TRIGGER, json.getBytes(StandardCharsets.UTF_8));
    }

    private void start(Generation generation, String key) throws Exception {
        recorder = SimulatedRecorder.start(RecorderSetup.open()
                .onPort(Ports.free())
                .withClock(() -> now)
                .of(generation)
                .withAccounts(
                        new Account("anna", "secret", "viewerkey", Role.VIEWER),
                        new Account("ben", "secret", "userkey", Role.USER)));
        recorder.streams().add(SimulatedStream.running("front_door"));
        api = new LightNvrApi(
                new RecorderAccess(
                        recorder.url(), Optional.empty(), Optional.of(key).filter(any -> !any.isEmpty())),
                LightNvrClient.Deadlines.usual(),
                () -> nanos);
        controls = api.controls();
    }
}
