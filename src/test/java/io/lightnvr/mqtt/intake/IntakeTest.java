package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.OpenFindings;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    private final FakeSource source = new FakeSource();
    private final FakeTime time = new FakeTime();
    private final HeardNews news = new HeardNews();
    private final StatusBoard board = new StatusBoard();
    private final Store store =
            new MemoryStore(new StoreLimits(100, Duration.ofDays(1), Duration.ofSeconds(30)), Clock.systemUTC());

    @Test
    void takesWhatItFindsToTheStoreBeforeTheSourceForgetsIt() {
        source.list(DOOR);
        source.found.add(event(DOOR, "person"));
        intake(DetectionFilter.none()).start();

        time.pass(Duration.ZERO);

        assertThat(store.backlog().waiting()).isOne();
        assertThat(source.taken).isOne();
        assertThat(news.detected).containsExactly(event(DOOR, "person"));
        assertThat(board.counts().seen()).isOne();
    }

    @Test
    void asksQuietStreamsRarelyAndActiveOnesEverySecond() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofMinutes(2));
        source.polls.clear();
        time.pass(Duration.ofSeconds(10));
        int quiet = source.polls.size();
        source.found.add(event(DOOR, "person"));
        time.pass(Duration.ofSeconds(2));
        source.polls.clear();

        time.pass(Duration.ofSeconds(10));

        assertThat(quiet).isEqualTo(5);
        assertThat(source.polls).hasSize(10);
    }

    @Test
    void worksWhateverTheRecorderAnswers() {
        source.list(DOOR);
        source.away = true;
        Intake intake = intake(DetectionFilter.none());
        intake.start();

        for (int minute = 0; minute < 10; minute++) {
            time.pass(Duration.ofMinutes(1));
            assertThat(intake.isWorking()).isTrue();
        }
    }

    @Test
    void doesNotWorkWhenItStandsStill() {
        Intake intake = intake(DetectionFilter.none());

        time.pass(Duration.ofMinutes(1));
        assertThat(intake.isWorking()).isTrue();
        time.pass(Duration.ofSeconds(1));

        assertThat(intake.isWorking()).isFalse();
    }

    @Test
    void dropsWhatTheUserDoesNotWantButDoesNotAskForItAgain() {
        source.list(DOOR, YARD);
        source.found.add(event(DOOR, "cat"));
        intake(new DetectionFilter(Set.of("Person"), 0, Set.of(), Set.of(YARD))).start();

        time.pass(Duration.ofSeconds(1));

        assertThat(source.polls).containsOnly(DOOR);
        assertThat(source.taken).isOne();
        assertThat(store.backlog().waiting()).isZero();
        assertThat(news.detected).isEmpty();
        assertThat(news.lists.get(0).wanted().streams())
                .extracting(StreamList.Stream::name)
                .containsExactly(DOOR);
    }

    @Test
    void followsStreamsThatComeAndGo() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(29));
        source.list(YARD);
        source.polls.clear();

        time.pass(Duration.ofSeconds(2));
        source.polls.clear();
        time.pass(Duration.ofSeconds(10));

        assertThat(source.polls).isNotEmpty().containsOnly(YARD);
    }

    @Test
    void asksOnlyForTheListWhileTheRecorderIsSilent() {
        source.list(DOOR, YARD);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(1));
        source.away = true;
        time.pass(Duration.ofSeconds(60));
        source.polls.clear();
        source.lists = 0;

        time.pass(Duration.ofSeconds(60));

        assertThat(source.polls).isEmpty();
        assertThat(source.lists).isBetween(4, 9);
        assertThat(news.recorderAnswers).containsExactly(true, false);
    }

    @Test
    void takesARecorderForOffline15SecondsAfterItsLastAnswer() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(1));
        source.away = true;
        time.pass(Duration.ofMillis(13_000));
        assertThat(news.recorderAnswers).containsExactly(true);

        time.pass(Duration.ofSeconds(2));

        assertThat(news.recorderAnswers).containsExactly(true, false);
    }

    @Test
    void asksForEveryStreamAtOnceWhenTheRecorderIsBack() {
        source.list(DOOR, YARD);
        intake(DetectionFilter.none()).start();
        source.away = true;
        time.pass(Duration.ofMinutes(3));
        source.away = false;
        source.polls.clear();

        time.passUntil(() -> news.recorderAnswers.size() == 1 || news.recorderAnswers.size() == 3);
        time.pass(Duration.ZERO);

        assertThat(source.polls).contains(DOOR, YARD);
    }

    @Test
    void takesARecorderForOnlineThatListsItsStreamsThoughNoPollSucceeds() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(1));
        source.pollsFail = true;

        time.pass(Duration.ofMinutes(5));

        assertThat(news.recorderAnswers).containsExactly(true);
    }

    @Test
    void takesARecorderForOnlineThatRefusesDetectionsAndPollsAtOnceWhenItShowsThem() {
        source.list(DOOR, YARD);
        source.refusal = Optional.of("It shows detections only to a login");
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofMinutes(5));

        assertThat(news.recorderAnswers).containsExactly(true);
        assertThat(board.counts().findings())
                .containsExactly(Finding.failed("recorder", "It shows detections only to a login", ""));
        assertThat(board.counts().lastError()).hasValue("It shows detections only to a login");
        source.refusal = Optional.empty();
        source.polls.clear();
        int lists = source.lists;
        time.passUntil(() -> source.lists > lists);
        time.pass(Duration.ZERO);
        assertThat(source.polls).contains(DOOR, YARD);
        assertThat(board.counts().findings()).isEmpty();
    }

    @Test
    void asksAgainAtOnceWhileMoreWaits() {
        source.list(DOOR);
        source.more = 5;
        intake(DetectionFilter.none()).start();

        time.pass(Duration.ZERO);

        assertThat(source.polls).hasSize(6);
    }

    @Test
    void leavesOldThingsWithTheRecorderWhileMuchWaitsForTheBroker() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(1));
        boolean withRoom = source.catchesUp;

        for (int i = 0; i < 50; i++) {
            source.found.add(event(DOOR, "person"));
        }
        time.pass(Duration.ofSeconds(5));

        assertThat(withRoom).isTrue();
        assertThat(store.backlog().waiting()).isEqualTo(50);
        assertThat(source.catchesUp).isFalse();
    }

    @Test
    void countsWhatCouldNotBeShownOrRead() {
        source.list(DOOR);
        source.missed = 2;
        source.unreadable = 1;
        intake(DetectionFilter.none()).start();

        time.pass(Duration.ZERO);

        assertThat(board.counts().missed()).isEqualTo(3);
    }

    @Test
    void pollsAtOnceWhenTheRecorderRingsAndAFewTimesMoreUntilThereIsARow() {
        source.list(DOOR, YARD);
        Intake intake = intake(DetectionFilter.none());
        intake.start();
        time.pass(Duration.ofMinutes(2));
        source.polls.clear();

        intake.ring(DOOR.slug());
        time.pass(Duration.ofMillis(100));
        source.found.add(event(DOOR, "person"));
        time.pass(Duration.ofMillis(400));

        assertThat(source.polls.stream().filter(DOOR::equals)).hasSize(4);
        assertThat(news.detected).hasSize(1);
    }

    @Test
    void answersEachOfAFewRingsAtOnce() {
        source.list(DOOR);
        Intake intake = intake(DetectionFilter.none());
        intake.start();
        time.pass(Duration.ofMinutes(2));

        for (int ring = 1; ring <= 4; ring++) {
            source.found.add(event(DOOR, "person"));
            intake.ring(DOOR.slug());
            time.pass(Duration.ofMillis(10));

            assertThat(news.detected).hasSize(ring);
        }
    }

    @Test
    void aFloodOfRingsMakesFewPollsAndTheLastRingStillOne() {
        source.list(DOOR);
        Intake intake = intake(DetectionFilter.none());
        intake.start();
        time.pass(Duration.ofMinutes(2));
        source.polls.clear();

        for (int milli = 0; milli < 10_000; milli++) {
            intake.ring(DOOR.slug());
            time.pass(Duration.ofMillis(1));
        }
        assertThat(source.polls).hasSizeBetween(40, 200);
        source.found.add(event(DOOR, "person"));
        intake.ring(DOOR.slug());
        time.pass(Duration.ofMillis(250));

        assertThat(news.detected).hasSize(1);
    }

    @Test
    void pollsOnAsUsualIfNoRowComesAfterARing() {
        source.list(DOOR);
        Intake intake = intake(DetectionFilter.none());
        intake.start();
        time.pass(Duration.ofMinutes(2));
        source.polls.clear();

        intake.ring(DOOR.slug());
        time.pass(Duration.ofMillis(1_500));

        assertThat(source.polls).hasSize(5);
    }

    @Test
    void keepsNothingOfVisitsWhereTheyAreNotWanted() {
        store.add(DOOR, List.of(), Optional.empty(), Optional.of(new byte[] {1}));

        intake(DetectionFilter.none());

        assertThat(store.visits()).isEmpty();
    }

    private Intake intake(DetectionFilter filter) {
        IntakeSettings settings = new IntakeSettings(
                URI.create("http://nvr"),
                filter,
                new EventRenderer("lightnvr_mqtt", EventGroups.standard()),
                new PublisherClash.BridgePublisher("lightnvr", "lightnvr-mqtt", "localhost", 1883),
                Duration.ofSeconds(30),
                Optional.empty());
        IntakeTimes times = new IntakeTimes(time, () -> time.nanos, new Random(1));
        return new IntakeFactory(settings, source, news, times)
                .intake(store, board, new OpenFindings(board), Clock.systemUTC());
    }

    private static DetectionEvent event(StreamName stream, String label) {
        Detection detection = new Detection(label, 0.9f, Box.whole(), "", "", 1);
        return new DetectionEvent(stream, 1_795_352_249L, List.of(detection), Instant.EPOCH);
    }
}
