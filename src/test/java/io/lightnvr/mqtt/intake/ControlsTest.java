package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final ControlCommand OFF = new ControlCommand.Switch(Control.DETECTION, false);
    private static final ControlCommand ON = new ControlCommand.Switch(Control.DETECTION, true);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final String NONE = "front_door {\"available\":[]}";
    private static final String IS_ON = "{\"available\":[\"detection\"],\"detection\":\"ON\"}";
    private static final String IS_OFF = "{\"available\":[\"detection\"],\"detection\":\"OFF\"}";

    private final HeardNews news = new HeardNews();
    private final FakeTime time = new FakeTime();
    private final List<String> troubles = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final Controls controls =
            new Controls(recorder, news, troubles::add, new IntakeTimes(time, () -> time.nanos, new Random(1)));

    @Test
    void showsHowTheRecorderHasItAlsoWhenItIsChangedThere() {
        begin(DOOR);
        assertThat(news.controls).containsExactly(NONE, "front_door " + IS_ON);

        recorder.on.put(Control.DETECTION, false);
        time.pass(ControlLane.EVERY);

        assertThat(news.controls).last().isEqualTo("front_door " + IS_OFF);
    }

    @Test
    void answersWithTheStateThatResults() {
        begin(DOOR);

        say(OFF);

        assertThat(news.controls).last().isEqualTo("front_door answers " + IS_OFF);
        assertThat(troubles).isEmpty();
    }

    @Test
    void readsUntilTheRecorderHasDoneIt() {
        begin(DOOR);
        recorder.delay = Duration.ofSeconds(3);

        say(OFF);
        time.pass(Duration.ofMillis(2_900));
        assertThat(news.controls).last().isEqualTo("front_door " + IS_ON);
        time.pass(Duration.ofMillis(300));

        assertThat(news.controls).last().isEqualTo("front_door answers " + IS_OFF);
        assertThat(troubles).isEmpty();
    }

    @Test
    void saysWhatTheRecorderShowsAfterFiveSeconds() {
        begin(DOOR);
        recorder.delay = Duration.ofHours(1);

        say(OFF);
        time.pass(Duration.ofMillis(4_700));
        assertThat(troubles).isEmpty();
        time.pass(Duration.ofMillis(500));

        assertThat(news.controls).last().isEqualTo("front_door answers " + IS_ON);
        assertThat(troubles).containsExactly("Detection off of front_door: the recorder does not show it after 5 s");
    }

    @Test
    void carriesOutOneAfterTheOther() {
        begin(DOOR);
        recorder.delay = Duration.ofSeconds(1);

        controls.take("front_door", OFF);
        controls.take("front_door", ON);
        controls.take("front_door", new ControlCommand.Home());
        time.pass(Duration.ofSeconds(4));

        assertThat(recorder.told).containsExactly("Detection off", "Detection on", "PTZ home");
        assertThat(news.controls.stream().filter(line -> line.contains("answers")))
                .containsExactly(
                        "front_door answers " + IS_OFF, "front_door answers " + IS_ON, "front_door answers " + IS_ON);
    }

    @Test
    void oneStreamWaitsForNoOther() {
        begin(DOOR, YARD);
        recorder.delay = Duration.ofSeconds(4);

        controls.take("front_door", OFF);
        time.pass(Duration.ofMillis(100));
        recorder.delay = Duration.ZERO;
        controls.take("yard", OFF);
        time.pass(Duration.ofMillis(100));

        assertThat(news.controls).last().isEqualTo("yard answers " + IS_OFF);
    }

    @Test
    void takesTenCommandsInAMinuteAndTellsOnceOfMore() {
        begin(DOOR);

        for (int i = 0; i < 20; i++) {
            controls.take("front_door", i % 2 == 0 ? OFF : ON);
        }
        time.pass(Duration.ofSeconds(50));
        assertThat(recorder.told).hasSize(10);
        assertThat(troubles)
                .containsExactly("front_door gets more than 10 commands in a minute: what is more is not carried out");
        time.pass(Duration.ofSeconds(10));
        say(OFF);

        assertThat(recorder.told).hasSize(11);
    }

    @Test
    void aRefusedControlIsNotAvailableForTenMinutes() {
        begin(DOOR);
        recorder.outcome = new RecorderControls.Outcome(
                RecorderControls.Outcome.Kind.FORBIDDEN, "\"Forbidden\" (403); The API key needs the role User");

        say(OFF);
        say(ON);
        assertThat(news.controls).last().isEqualTo("front_door answers {\"available\":[]}");
        assertThat(troubles)
                .containsExactly("Detection off of front_door: the recorder says \"Forbidden\" (403); The API key needs"
                        + " the role User");
        recorder.outcome = RecorderControls.Outcome.ACCEPTED;
        time.pass(Duration.ofMinutes(10).plus(ControlLane.EVERY));

        assertThat(news.controls).last().isEqualTo("front_door " + IS_ON);
    }

    @Test
    void aConflictLastsUntilTheNextReading() {
        begin(DOOR);
        recorder.outcome = new RecorderControls.Outcome(RecorderControls.Outcome.Kind.CONFLICT, "\"Busy\" (409)");

        say(OFF);
        assertThat(news.controls).last().isEqualTo("front_door answers {\"available\":[]}");
        time.pass(ControlLane.EVERY);

        assertThat(news.controls).last().isEqualTo("front_door " + IS_ON);
        assertThat(troubles).containsExactly("Detection off of front_door: the recorder says \"Busy\" (409)");
    }

    @Test
    void tellsOfATroubleAgainAfterItWasOver() {
        begin(DOOR);
        recorder.outcome = new RecorderControls.Outcome(RecorderControls.Outcome.Kind.WRONG, "no");

        say(OFF);
        say(OFF);
        recorder.outcome = RecorderControls.Outcome.ACCEPTED;
        say(OFF);
        recorder.outcome = new RecorderControls.Outcome(RecorderControls.Outcome.Kind.WRONG, "no");
        say(ON);

        assertThat(troubles)
                .containsExactly(
                        "Detection off of front_door: the recorder says no",
                        "Detection on of front_door: the recorder says no");
    }

    @Test
    void nothingIsAvailableWhileTheRecorderDoesNotAnswer() {
        begin(DOOR);

        controls.recorderAnswers(false);
        time.pass(MOMENT);
        assertThat(news.controls).last().isEqualTo(NONE);
        say(OFF);
        assertThat(recorder.told).isEmpty();
        assertThat(troubles).containsExactly("Detection off of front_door: the recorder does not answer");
        controls.recorderAnswers(true);
        time.pass(MOMENT);

        assertThat(news.controls).last().isEqualTo("front_door " + IS_ON);
    }

    @Test
    void nothingIsAvailableWhileTheRecorderDoesNotTell() {
        begin(DOOR);
        recorder.silence = Optional.of("The recorder's answer broke off");

        time.pass(Duration.ofMinutes(5));
        assertThat(news.controls).last().isEqualTo(NONE);
        assertThat(troubles)
                .containsExactly("The controls of front_door are not available: The recorder's answer broke off");
        recorder.silence = Optional.empty();
        time.pass(ControlLane.EVERY);

        assertThat(news.controls).last().isEqualTo("front_door " + IS_ON);
    }

    @Test
    void tellsOfARefusalOnceForAllStreams() {
        recorder.refusal = Optional.of("the recorder wants a login");
        begin(DOOR, YARD);

        time.pass(Duration.ofMinutes(5));

        assertThat(troubles).containsExactly("Controls are not available: the recorder wants a login");
    }

    @Test
    void aCommandThatWaitedTooLongIsNotCarriedOut() {
        begin(DOOR);
        recorder.delay = Duration.ofHours(1);

        controls.take("front_door", OFF);
        controls.take("front_door", new ControlCommand.Home());
        time.pass(Duration.ofSeconds(11));

        assertThat(recorder.told).containsExactly("Detection off");
        assertThat(troubles).last().isEqualTo("PTZ home of front_door: it waited for more than 5 s for others");
    }

    @Test
    void showsWhereTheCameraWasTurnedLast() {
        recorder.presets = List.of("Gate", "Path");
        begin(DOOR);

        say(new ControlCommand.Preset("Path"));
        assertThat(news.controls).last().asString().endsWith("\"ptz_preset\":\"Path\"}");
        time.pass(ControlLane.EVERY);
        assertThat(news.controls).last().asString().endsWith("\"ptz_preset\":\"Path\"}");
        say(new ControlCommand.Home());

        assertThat(news.controls).last().asString().endsWith("\"ptz_preset\":null}");
    }

    @Test
    void tellsOfACommandForNobody() {
        begin(DOOR);

        try (CapturedLog log = new CapturedLog()) {
            controls.take("c\u001bllar", OFF);
            controls.take("attic", OFF);

            assertThat(log.lines()).singleElement().asString().contains("there is no stream with the key c?llar");
        }
    }

    @Test
    void aRenamedStreamTakesCommandsUnderItsNewKey() {
        begin(DOOR);

        controls.renamed(DOOR, YARD);
        list(YARD);
        controls.take("yard", OFF);
        time.pass(MOMENT);

        assertThat(news.controls).last().isEqualTo("yard answers " + IS_OFF);
    }

    @Test
    void asksNothingOfAStreamThatIsGone() {
        begin(DOOR);
        list();
        recorder.reads = 0;

        time.pass(Duration.ofHours(1));

        assertThat(recorder.reads).isZero();
    }

    private void begin(StreamName... streams) {
        controls.recorderAnswers(true);
        list(streams);
    }

    private void list(StreamName... streams) {
        controls.streamsListed(new StreamSelection.Selection(
                new StreamList(
                        Stream.of(streams)
                                .map(stream -> new StreamList.Stream(stream, true, Optional.empty()))
                                .toList(),
                        true),
                Set.of(),
                Set.of()));
        time.pass(MOMENT);
    }

    private void say(ControlCommand command) {
        controls.take("front_door", command);
        time.pass(MOMENT);
    }

    /** Has one detection switch for all streams, which it sets after a while. */
    private final class Recorder implements RecorderControls {

        private final Map<Control, Boolean> on = new EnumMap<>(Map.of(Control.DETECTION, true));
        private final List<String> told = new ArrayList<>();
        private List<String> presets = List.of();
        private Outcome outcome = Outcome.ACCEPTED;
        private Optional<String> silence = Optional.empty();
        private Optional<String> refusal = Optional.empty();
        private Duration delay = Duration.ZERO;
        private int reads;

        @Override
        public ControlView read(StreamName stream) throws SourceException {
            reads++;
            if (refusal.isPresent()) {
                throw SourceException.refusal(refusal.get());
            }
            if (silence.isPresent()) {
                throw new SourceException(silence.get());
            }
            Set<Control> able =
                    presets.isEmpty() ? Set.of(Control.DETECTION) : Set.of(Control.DETECTION, Control.PTZ_PRESET);
            return new ControlView(able, on, presets, Optional.empty());
        }

        @Override
        public Outcome carryOut(StreamName stream, ControlCommand command, Duration within) {
            told.add(command.wish());
            if (outcome.kind() == Outcome.Kind.ACCEPTED && command instanceof ControlCommand.Switch wanted) {
                if (delay.isZero()) {
                    on.put(wanted.control(), wanted.on());
                } else {
                    time.run(delay, () -> on.put(wanted.control(), wanted.on()));
                }
            }
            return outcome;
        }
    }
}
