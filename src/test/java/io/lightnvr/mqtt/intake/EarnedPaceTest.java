package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.Agreement;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.source.HeardDetections;
import io.lightnvr.mqtt.source.RecorderEvents;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.StoreLimits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a stream is polled whose detections were all heard so far. */
class EarnedPaceTest {

    private static final String STATUS = "nvr/v1/status/1";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final FakeSource source = new FakeSource();
    private final FakeBroker broker = new FakeBroker();
    private final FakeTime time = new FakeTime();
    private final StatusBoard board = new StatusBoard();
    private Intake intake;

    /** A recorder of which every detection is heard and read. */
    private static final class TrustworthyEvents implements RecorderEvents {

        @Override
        public String topicFilter() {
            return "nvr/v1/events/#";
        }

        @Override
        public String presenceFilter() {
            return "nvr/v1/status/+";
        }

        @Override
        public Heard read(String topic, byte[] payload) {
            return new Heard.Presence(new String(payload, StandardCharsets.UTF_8).equals("online"));
        }

        @Override
        public DetectionSource.Poll hear(StreamName stream, List<HeardDetections> detections) {
            return DetectionSource.Poll.nothing();
        }

        @Override
        public Agreement takeAgreement(StreamName stream) {
            return new Agreement(20, 0, 0);
        }
    }

    @BeforeEach
    void listen() {
        source.list(new StreamName("door"));
        IntakeSettings settings = new IntakeSettings(
                URI.create("http://nvr"),
                DetectionFilter.none(),
                new EventRenderer("lightnvr_mqtt", EventGroups.standard()),
                new PublisherClash.BridgePublisher("lightnvr", "lightnvr-mqtt", "localhost", 1883),
                Duration.ofSeconds(30),
                Optional.empty());
        intake = new IntakeFactory(settings, source, new HeardNews(), times())
                .intake(
                        new MemoryStore(
                                new StoreLimits(100, Duration.ofDays(1), Duration.ofSeconds(30)), Clock.systemUTC()),
                        board,
                        new OpenFindings(board),
                        Clock.systemUTC());
        intake.start();
        intake.startHearing(broker, HearingTest.SESSION, false, new TrustworthyEvents(), times());
        time.pass(Duration.ZERO);
        broker.newest().accept(Limits.unlimited());
        time.pass(Duration.ZERO);
        broker.newest().answerSubscription("nvr/v1/events/#", ReasonCode.SUCCESS);
        time.pass(FIVE_MINUTES);
    }

    @Test
    void pollsTwiceAMinute() {
        assertThat(polls()).isEqualTo(10);
    }

    @Test
    void pollsAsUsualWhileTheRecorderSaysThatItPublishesNoMore() {
        broker.newest().say(STATUS, "offline", true);
        int away = polls();
        broker.newest().say(STATUS, "online", true);
        time.pass(Duration.ofSeconds(10));

        assertThat(away).isGreaterThan(100);
        assertThat(polls()).isEqualTo(10);
    }

    @Test
    void pollsAtOnceWhatMayNeverBeHeard() {
        source.polls.clear();
        broker.newest().lose(ReasonCode.SUCCESS);
        time.pass(Duration.ofMillis(100));
        assertThat(source.polls).as("the broker is lost").hasSize(1);

        time.passUntil(() -> broker.connections.size() == 2);
        broker.newest().accept(Limits.unlimited());
        time.pass(Duration.ZERO);
        source.polls.clear();
        broker.newest().answerSubscription("nvr/v1/events/#", ReasonCode.SUCCESS);
        time.pass(Duration.ZERO);
        assertThat(source.polls).as("it is back").hasSize(1);
        time.pass(FIVE_MINUTES);

        source.polls.clear();
        broker.newest().say(STATUS, "offline", true);
        time.pass(Duration.ofMillis(100));
        assertThat(source.polls).as("the recorder says that it is away").hasSize(1);
    }

    @Test
    void pollsAsUsualWhileTheBrokerIsAway() {
        broker.newest().lose(ReasonCode.SUCCESS);

        assertThat(polls()).isGreaterThan(100);
    }

    @Test
    void aLoginThatIsRefusedIsAFindingThoughTheRecorderIsHeard() {
        source.refusal = Optional.of("The key has expired");
        broker.newest().say(STATUS, "online", true);
        time.pass(FIVE_MINUTES);
        assertThat(findings()).as("without a login").isEmpty();

        source.hasLogin = true;
        time.pass(FIVE_MINUTES);

        assertThat(findings()).hasSize(1);
    }

    @Test
    void aLoginIsNotDemandedBeforeItIsKnownWhetherTheRecorderIsHeard() {
        source.refusal = Optional.of("It shows detections only to a login");
        intake.startHearing(new FakeBroker(), HearingTest.SESSION, false, new TrustworthyEvents(), times());
        intake.listAgain();
        time.pass(Duration.ofSeconds(9));
        assertThat(findings()).isEmpty();

        time.pass(Duration.ofSeconds(2));

        assertThat(findings()).hasSize(1);
    }

    @Test
    void whatIsHeardMakesNoStormOfLists() {
        source.lists = 0;
        for (int i = 0; i < 1_000; i++) {
            intake.listAgain();
            time.pass(Duration.ofMillis(1));
        }
        time.pass(Duration.ofSeconds(2));

        assertThat(source.lists).isBetween(2, 4);
    }

    private IntakeTimes times() {
        return new IntakeTimes(time, () -> time.nanos, new Random(1));
    }

    private List<Finding> findings() {
        return board.counts().findings();
    }

    private int polls() {
        source.polls.clear();
        time.pass(FIVE_MINUTES);
        return source.polls.size();
    }
}
