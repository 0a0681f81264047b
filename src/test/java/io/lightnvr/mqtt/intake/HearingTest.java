package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HearingTest {

    static final BrokerSettings SESSION = new BrokerSettings(
            "localhost",
            1883,
            "bridge-events",
            Optional.empty(),
            Duration.ofSeconds(60),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new BrokerSettings.Session(Duration.ofHours(1), 100)));

    private static final String TOPIC = "lightnvr/v1/events/some";

    private final FakeBroker broker = new FakeBroker();
    private final FakeTime time = new FakeTime();
    private final List<String> heard = new ArrayList<>();
    private int misses;
    private final Hearing hearing = new Hearing(
            broker, SESSION, true, new Words(), new Recorded(), new IntakeTimes(time, () -> time.nanos, new Random(1)));

    private record Word(StreamName stream, String text) implements HeardDetections {

        @Override
        public Optional<String> cameraUuid() {
            return Optional.empty();
        }
    }

    /** Messages such as {@code door:person}. */
    private static final class Words implements RecorderEvents {

        @Override
        public String topicFilter() {
            return "lightnvr/v1/events/#";
        }

        @Override
        public String presenceFilter() {
            return "lightnvr/v1/status/+";
        }

        @Override
        public Heard read(String topic, byte[] payload) throws SourceException {
            String[] words = new String(payload, StandardCharsets.UTF_8).split(":");
            if (words.length != 2) {
                throw new SourceException("it is not JSON");
            }
            StreamName stream = new StreamName(words[0]);
            return switch (words[1]) {
                case "offline" -> new Heard.StreamCondition(stream, false);
                case "full" -> new Heard.Storage("critical");
                case "plate" -> new Heard.Other();
                default -> new Heard.Detected(new Word(stream, words[1]));
            };
        }

        @Override
        public DetectionSource.Poll hear(StreamName stream, List<HeardDetections> detections) {
            throw new AssertionError("The listener does that");
        }

        @Override
        public Agreement takeAgreement(StreamName stream) {
            return Agreement.NOTHING;
        }
    }

    private final class Recorded implements Hearing.Listener {

        @Override
        public void detected(StreamName stream, List<HeardDetections> detections) {
            assertThat(broker.newest().acknowledged).doesNotContain(heard.size() + 1);
            detections.forEach(some -> heard.add(stream + ":" + ((Word) some).text()));
        }

        @Override
        public void streamCondition(StreamName stream, boolean online) {
            heard.add(stream + (online ? " is online" : " is offline"));
        }

        @Override
        public void mayHaveMissed() {
            misses++;
        }

        @Override
        public void presence(boolean online) {
            heard.add("presence");
        }

        @Override
        public void storage(String level) {
            heard.add("storage is " + level);
        }

        @Override
        public void refused(Optional<String> sentence) {
            sentence.ifPresent(heard::add);
        }

        @Override
        public void presenceRefused(Optional<String> sentence) {
            sentence.ifPresent(heard::add);
        }
    }

    @Test
    void acknowledgesAMessageOnceItIsStored() {
        listen();

        broker.newest().say(TOPIC, "door:person", false);
        assertThat(broker.newest().acknowledged).isEmpty();
        time.pass(Duration.ZERO);

        assertThat(heard).containsExactly("door:person");
        assertThat(broker.newest().acknowledged).containsExactly(1);
    }

    @Test
    void takesTogetherWhatComesTogetherAndAcknowledgesItInItsOrder() {
        listen();

        for (String message :
                List.of("door:person", "yard:cat", "door:car", "yard:full", "yard:offline", "door:plate")) {
            broker.newest().say(TOPIC, message, false);
        }
        time.pass(Duration.ZERO);

        assertThat(heard)
                .containsExactly("storage is critical", "yard is offline", "door:person", "door:car", "yard:cat");
        assertThat(broker.newest().acknowledged).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void tellsThatTheBrokerRefusesTheConnectionUntilItLetsTheBridgeListen() {
        hearing.start();
        time.pass(Duration.ZERO);

        broker.newest().refuse(ConnectFailure.Kind.REFUSAL, "The broker refuses the login");
        time.passUntil(() -> broker.connections.size() == 2);
        assertThat(heard).containsExactly("The broker refuses the login");
        broker.newest().refuse(ConnectFailure.Kind.WEATHER, "The broker does not answer");
        time.passUntil(() -> broker.connections.size() == 3);

        assertThat(heard).hasSize(1);
    }

    @Test
    void dropsWhatIsTooMuch() {
        listen();

        for (int i = 0; i < 600; i++) {
            broker.newest().say(TOPIC, "door:person", false);
        }
        time.pass(Duration.ZERO);

        assertThat(heard).hasSize(500);
    }

    @Test
    void skipsWhatNoRecorderSays() {
        listen();

        broker.newest().say(TOPIC, "garbage", false);
        broker.newest().say(TOPIC, "door:person", false);
        time.pass(Duration.ZERO);

        assertThat(heard).containsExactly("door:person");
        assertThat(broker.newest().acknowledged).containsExactly(1, 2);
    }

    @Test
    void connectsAgainAndDropsWhatTheBrokerSendsAgain() {
        listen();
        FakeBroker.FakeConnection first = broker.newest();
        first.say(TOPIC, "door:person", false);
        first.lose(ReasonCode.SUCCESS);

        time.passUntil(() -> broker.connections.size() == 2);
        answer();

        assertThat(misses).as("begun, lost, begun").isEqualTo(3);
        assertThat(first.closed).isTrue();
        assertThat(hearing.isHearing()).isTrue();
        assertThat(broker.newest().settings.clientId()).isEqualTo("bridge-events");
        assertThat(broker.newest().settings.session()).isPresent();
    }

    @Test
    void isNotHearingWhileTheBrokerIsAway() {
        listen();

        broker.newest().lose(ReasonCode.SUCCESS);
        time.pass(Duration.ZERO);
        assertThat(hearing.isHearing()).isFalse();
        time.passUntil(() -> broker.connections.size() == 2);
        broker.newest().refuse(ConnectFailure.Kind.WEATHER, "The broker is away");
        time.passUntil(() -> broker.connections.size() == 3);

        assertThat(hearing.isHearing()).isFalse();
    }

    @Test
    void doesNotTryAgainSoonWhenItIsRefused() {
        hearing.start();
        time.pass(Duration.ZERO);

        broker.newest().refuse(ConnectFailure.Kind.REFUSAL, "The broker refuses the password");
        time.pass(Duration.ofSeconds(29));

        assertThat(broker.connections).hasSize(1);
    }

    @Test
    void doesNotFightForItsSessionWithAnotherBridge() {
        listen();

        broker.newest().lose(ReasonCode.SESSION_TAKEN_OVER);
        time.pass(Duration.ofSeconds(29));

        assertThat(broker.connections).hasSize(1);
    }

    @Test
    void givesUpAConnectionThatSaysNothing() {
        hearing.start();
        time.pass(Duration.ofSeconds(7));
        assertThat(broker.connections).hasSize(1);

        time.passUntil(() -> broker.connections.size() == 2);

        assertThat(broker.connections.get(0).closed).isTrue();
    }

    @Test
    void saysIfTheBrokerDoesNotLetItListen() {
        hearing.start();
        time.pass(Duration.ZERO);
        broker.newest().accept(Limits.unlimited());
        time.pass(Duration.ZERO);

        broker.newest().answerSubscription("lightnvr/v1/status/+", ReasonCode.SUCCESS);
        broker.newest().answerSubscription("lightnvr/v1/events/#", ReasonCode.NOT_AUTHORIZED);
        time.pass(Duration.ZERO);

        assertThat(heard)
                .containsExactly("The broker does not let the bridge read lightnvr/v1/events/#: not authorized");
        assertThat(hearing.isHearing()).isFalse();
        assertThat(broker.newest().closed).isFalse();
    }

    @Test
    void listensOnIfTheBrokerHidesOnlyTheRecordersPresence() {
        listen();

        broker.newest().answerSubscription("lightnvr/v1/status/+", ReasonCode.NOT_AUTHORIZED);
        time.pass(Duration.ZERO);

        assertThat(heard)
                .containsExactly("The broker does not let the bridge read lightnvr/v1/status/+: not authorized");
        assertThat(hearing.isHearing()).isTrue();
    }

    @Test
    void reportsAFaultOfTheConnectionOnItsThread() {
        listen();

        broker.newest().fail(new IllegalStateException("bug"));

        assertThatThrownBy(() -> time.pass(Duration.ZERO)).hasMessageContaining("has failed");
    }

    private void listen() {
        hearing.start();
        time.pass(Duration.ZERO);
        answer();
    }

    private void answer() {
        broker.newest().accept(Limits.unlimited());
        time.pass(Duration.ZERO);
        assertThat(broker.newest().subscriptions).containsExactly("lightnvr/v1/events/#", "lightnvr/v1/status/+");
        broker.newest().answerSubscription("lightnvr/v1/events/#", ReasonCode.SUCCESS);
        time.pass(Duration.ZERO);
    }
}
