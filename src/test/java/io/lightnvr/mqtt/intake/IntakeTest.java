package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.FakeSource;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    private final FakeSource source = new FakeSource();
    private final FakeTime time = new FakeTime();
    private final List<DeliverySignal> signals = new ArrayList<>();
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
        assertThat(signals).contains(new DeliverySignal.Detected(List.of(event(DOOR, "person"))));
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
    void asksForASignOfLifeWhileItWorksWhateverTheRecorderAnswers() {
        source.list(DOOR);
        source.away = true;
        Intake intake = intake(DetectionFilter.none());
        intake.beat(() -> {});
        intake.start();

        time.pass(Duration.ofMinutes(10));

        assertThat(signals).filteredOn(DeliverySignal.Beat.class::isInstance).hasSize(61);
    }

    @Test
    void asksForNoSignOfLifeWhenItStandsStill() {
        intake(DetectionFilter.none()).beat(() -> {});

        time.pass(Duration.ofMinutes(10));

        assertThat(signals).filteredOn(DeliverySignal.Beat.class::isInstance).hasSize(7);
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
        assertThat(signals).noneMatch(DeliverySignal.Detected.class::isInstance);
        assertThat(((DeliverySignal.StreamsListed) signals.get(0)).list().streams())
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
    void asksLessAndLessOftenWhileTheRecorderIsAway() {
        source.list(DOOR);
        intake(DetectionFilter.none()).start();
        time.pass(Duration.ofSeconds(1));
        source.away = true;
        time.pass(Duration.ofSeconds(60));
        source.polls.clear();

        time.pass(Duration.ofSeconds(60));

        assertThat(source.polls).hasSizeBetween(4, 9);
        assertThat(signals).contains(new DeliverySignal.RecorderAnswers(false));
    }

    @Test
    void asksForEveryStreamAtOnceWhenTheRecorderIsBack() {
        source.list(DOOR, YARD);
        intake(DetectionFilter.none()).start();
        source.away = true;
        time.pass(Duration.ofMinutes(3));
        source.away = false;
        source.polls.clear();

        time.passUntil(() -> signals.contains(new DeliverySignal.RecorderAnswers(true)));
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

        assertThat(signals).doesNotContain(new DeliverySignal.RecorderAnswers(false));
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

    private Intake intake(DetectionFilter filter) {
        return new Intake(
                source,
                filter,
                new EventRenderer("lightnvr_mqtt", EventGroups.standard()),
                store,
                new RecorderWatch("http://nvr", signals::add, board::error),
                board,
                signals::add,
                time,
                () -> time.nanos,
                new Random(1));
    }

    private static DetectionEvent event(StreamName stream, String label) {
        Detection detection = new Detection(label, 0.9f, Box.whole(), "", "", 1);
        return new DetectionEvent(stream, 1_795_352_249L, List.of(detection), Instant.EPOCH);
    }
}
