package io.lightnvr.mqtt.store;

import static io.lightnvr.mqtt.store.Events.DOOR;
import static io.lightnvr.mqtt.store.Events.NOON;
import static io.lightnvr.mqtt.store.Events.YARD;
import static io.lightnvr.mqtt.store.Events.checkpoint;
import static io.lightnvr.mqtt.store.Events.event;
import static io.lightnvr.mqtt.store.Events.ids;
import static io.lightnvr.mqtt.store.Events.sequences;
import static io.lightnvr.mqtt.store.Events.takeAll;
import static io.lightnvr.mqtt.store.Events.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Rendered;
import io.lightnvr.mqtt.publish.RenderedEvent;
import io.lightnvr.mqtt.publish.RenderedVisit;
import io.lightnvr.mqtt.source.Beginning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store promises. */
abstract class StoreContract {

    private static final StoreLimits ROOMY = new StoreLimits(1_000, Duration.ofHours(24), Duration.ofSeconds(30));

    final TestClock clock = new TestClock();

    abstract Store store(StoreLimits limits);

    private Store store() {
        return store(ROOMY);
    }

    @Test
    void handsOutWhatWasAddedInOrder() {
        Store store = store();
        add(store, DOOR, "a", "b");
        add(store, DOOR, "c");

        List<SequencedEvent> taken = takeAll(store);

        assertThat(ids(taken)).containsExactly("a", "b", "c");
        assertThat(sequences(taken)).containsExactly(1L, 2L, 3L);
        assertThat(taken).extracting(SequencedEvent::added).containsOnly(NOON);
    }

    @Test
    void handsOutTheVeryBytes() {
        Store store = store();
        RenderedEvent event = event(DOOR, "a", NOON);
        store.add(DOOR, List.of(event), Optional.empty());

        Rendered taken = takeAll(store).get(0).event();

        assertThat(taken).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void givesWhatComesToASenderThatAskedInVainInOrder() {
        Store store = store();
        assertThat(takeAll(store)).isEmpty();
        add(store, DOOR, "a", "b");
        add(store, DOOR, "c");

        List<SequencedEvent> first = store.take(new TakeRequest(1, 0, Set.of()));
        List<SequencedEvent> others = takeAll(store);

        assertThat(ids(first)).containsExactly("a");
        assertThat(ids(others)).containsExactly("b", "c");
        assertThat(sequences(others)).containsExactly(2L, 3L);
    }

    @Test
    void keepsWhatComesFromASenderThatDoesNotWantItsStreamAnyMore() {
        Store store = store();
        assertThat(takeAll(store)).isEmpty();
        add(store, DOOR, "a");

        List<SequencedEvent> others = store.take(new TakeRequest(10, 10, Set.of(DOOR)));
        add(store, YARD, "b");

        assertThat(others).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("a", "b");
    }

    @Test
    void handsOutReportsOfVisitsInTheirPlacesWithoutSequences() {
        Store store = store();
        store.add(
                DOOR, List.of(event(DOOR, "a", NOON), visit(DOOR, "start", NOON)), Optional.empty(), Optional.empty());
        add(store, DOOR, "b");
        store.add(DOOR, List.of(visit(DOOR, "end", NOON)), Optional.empty(), Optional.empty());

        List<SequencedEvent> taken = takeAll(store);

        assertThat(ids(taken)).containsExactly("a", "start", "b", "end");
        assertThat(sequences(taken)).containsExactly(1L, -2L, 2L, -3L);
        assertThat(taken.get(1).event()).isInstanceOf(RenderedVisit.class);
        assertThat(store.fresh()).extracting(RenderedEvent::eventId).containsExactly("a", "b");
        store.remove(taken);
        assertThat(store.backlog().waiting()).isZero();
    }

    @Test
    void keepsTheOrderOfReportsHoweverLateTheyAre() {
        Store store = store();
        store.add(
                DOOR,
                List.of(event(DOOR, "old", NOON.minusSeconds(100)), visit(DOOR, "start", NOON.minusSeconds(100))),
                Optional.empty(),
                Optional.empty());
        store.add(DOOR, List.of(visit(DOOR, "end", NOON)), Optional.empty(), Optional.empty());

        assertThat(ids(takeAll(store))).containsExactly("start", "end", "old");
    }

    @Test
    void leavesOutNoSequenceForAReportOfAVisitThatHasToGo() {
        Store store = store(new StoreLimits(2, Duration.ofHours(1), Duration.ofSeconds(30)));
        store.add(DOOR, List.of(visit(DOOR, "start", NOON.minusSeconds(1))), Optional.empty(), Optional.empty());
        add(store, DOOR, "a", "b");

        assertThat(sequences(takeAll(store))).containsExactly(1L, 2L);
    }

    @Test
    void keepsVisitsUntilTheirStreamIsForgotten() {
        Store store = store();
        store.add(DOOR, List.of(), Optional.empty(), Optional.of(new byte[] {1, 2}));
        add(store, DOOR, "a");
        assertThat(store.visits().get(DOOR)).containsExactly(1, 2);

        store.rename(DOOR, YARD);
        assertThat(store.visits()).containsOnlyKeys(YARD);
        store.forget(YARD);

        assertThat(store.visits()).isEmpty();
    }

    @Test
    void forgetsVisitsAndNothingElse() {
        Store store = store();
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("here", 1), Optional.of(new byte[] {1}));
        store.keepState(DOOR, "{}");

        store.forgetVisits(DOOR);
        store.forgetVisits(YARD);

        assertThat(store.visits()).isEmpty();
        assertThat(store.states()).containsOnlyKeys(DOOR);
        assertThat(store.checkpoint(DOOR)).isPresent();
        assertThat(ids(takeAll(store))).containsExactly("a");
    }

    @Test
    void numbersEachStreamByItself() {
        Store store = store();
        add(store, DOOR, "a");
        add(store, YARD, "b");
        add(store, DOOR, "c");

        assertThat(sequences(takeAll(store))).containsExactly(1L, 1L, 2L);
    }

    @Test
    void handsOutNoMoreThanAskedForAndNothingTwice() {
        Store store = store();
        add(store, DOOR, "a", "b", "c");

        assertThat(ids(store.take(new TakeRequest(2, 2, Set.of())))).containsExactly("a", "b");
        assertThat(sequences(store.take(new TakeRequest(2, 2, Set.of())))).containsExactly(3L);
        assertThat(store.take(new TakeRequest(2, 2, Set.of()))).isEmpty();
    }

    @Test
    void letsTheEventsOfExceptedStreamsWaitAndKeepTheirPlaces() {
        Store store = store();
        add(store, DOOR, "a");
        add(store, YARD, "b");
        add(store, DOOR, "c");

        assertThat(ids(store.take(new TakeRequest(10, 10, Set.of(DOOR))))).containsExactly("b");
        assertThat(ids(takeAll(store))).containsExactly("a", "c");
    }

    @Test
    void sendsFreshEventsBeforeDelayedOnes() {
        Store store = store();
        add(store, DOOR, NOON.minusSeconds(31), "yesterday");
        add(store, DOOR, NOON.minusSeconds(30), "just now");
        add(store, YARD, NOON, "now");

        List<SequencedEvent> taken = takeAll(store);

        assertThat(ids(taken)).containsExactly("just now", "now", "yesterday");
        assertThat(taken).extracting(SequencedEvent::delayed).containsExactly(false, false, true);
    }

    @Test
    void sendsDelayedEventsOldestFirstAsManyAsAreAskedFor() {
        Store store = store();
        add(store, DOOR, NOON.minusSeconds(100), "c");
        add(store, YARD, NOON.minusSeconds(300), "a");
        add(store, DOOR, NOON.minusSeconds(200), "b");

        assertThat(ids(store.take(new TakeRequest(10, 2, Set.of())))).containsExactly("a", "b");
        assertThat(store.take(new TakeRequest(10, 0, Set.of()))).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("c");
    }

    @Test
    void freshEventsGrowOldWhileTheyWait() {
        Store store = store();
        add(store, DOOR, "a");
        clock.pass(Duration.ofSeconds(31));
        add(store, DOOR, clock.instant(), "b");

        List<SequencedEvent> taken = takeAll(store);

        assertThat(ids(taken)).containsExactly("b", "a");
        assertThat(sequences(taken)).containsExactly(1L, 2L);
    }

    @Test
    void countsAnEventAsWaitingUntilItIsRemoved() {
        Store store = store();
        add(store, DOOR, "a", "b");

        List<SequencedEvent> taken = store.take(new TakeRequest(1, 1, Set.of()));

        assertThat(store.backlog()).isEqualTo(new Backlog(2, Optional.of(NOON), 0, Optional.empty(), Optional.empty()));
        store.remove(taken);
        assertThat(store.backlog().waiting()).isEqualTo(1);
        store.remove(takeAll(store));
        assertThat(store.backlog()).isEqualTo(new Backlog(0, Optional.empty(), 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void givesUpTheOldestWaitingEventWhenItIsFullAndLeavesItsSequenceOut() {
        Store store = store(new StoreLimits(3, Duration.ofHours(24), Duration.ofSeconds(30)));
        add(store, DOOR, "a", "b", "c", "d");

        List<SequencedEvent> left = takeAll(store);

        assertThat(store.backlog().dropped()).isOne();
        assertThat(store.backlog().loss())
                .contains("Events given up: 1 (since the start 1), the outbox is full (outbox.max_events: 3);"
                        + " the newest is of front_door and has waited since 2026-11-22T12:00:00Z");
        assertThat(ids(left)).containsExactly("b", "c", "d");
        assertThat(sequences(left)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void hasRoomForWhatCanWaitElsewhereWhileHalfOfItIsFree() {
        Store small = store(new StoreLimits(1, Duration.ofHours(24), Duration.ofSeconds(30)));

        assertThat(small.hasRoom()).isTrue();
        add(small, DOOR, "a");
        assertThat(small.hasRoom()).isFalse();
    }

    @Test
    void neverGivesUpWhatIsOnItsWay() {
        Store store = store(new StoreLimits(2, Duration.ofHours(24), Duration.ofSeconds(30)));
        add(store, DOOR, "a", "b");
        List<SequencedEvent> onItsWay = store.take(new TakeRequest(1, 1, Set.of()));

        add(store, DOOR, "c");

        assertThat(ids(onItsWay)).containsExactly("a");
        assertThat(ids(takeAll(store))).containsExactly("c");
        assertThat(store.backlog().waiting()).isEqualTo(2);
    }

    @Test
    void givesUpWhatHasWaitedTooLong() {
        Store store = store();
        add(store, DOOR, NOON.minus(Duration.ofDays(7)), "a week ago");
        clock.pass(Duration.ofHours(24));
        add(store, DOOR, "b");
        clock.pass(Duration.ofSeconds(1));

        List<SequencedEvent> left = takeAll(store);

        assertThat(ids(left)).as("the age counts from when it was added").containsExactly("b");
        assertThat(sequences(left)).containsExactly(2L);
        assertThat(store.backlog().dropped()).isOne();
    }

    @Test
    void knowsHowFarEachStreamWasRead() {
        Store store = store();

        store.add(DOOR, List.of(), checkpoint("one", 1, 2, 3, 3));
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("two", 2, 3, 3, 4));

        assertThat(store.checkpoint(DOOR)).isEqualTo(checkpoint("two", 2, 3, 3, 4));
        assertThat(store.checkpoint(YARD)).isEmpty();
        assertThat(store.beginning()).isEqualTo(Beginning.AT_NOW);
    }

    @Test
    void keepsTheNewestStates() {
        Store store = store();

        store.keepState(DOOR, "{}");
        store.keepState(DOOR, "{\"count\":1}");

        assertThat(store.states()).isEqualTo(Map.of(DOOR, "{\"count\":1}"));
    }

    @Test
    void forgetsAStateAndKeepsTheSequence() {
        Store store = store();
        add(store, DOOR, "a");
        takeAll(store);
        store.keepState(DOOR, "{}");

        store.forgetState(DOOR);
        store.forgetState(YARD);

        assertThat(store.states()).isEmpty();
        add(store, DOOR, "b");
        assertThat(takeAll(store)).extracting(SequencedEvent::sequence).containsExactly(2L);
    }

    @Test
    void knowsWhatIsAnnounced() {
        Store store = store();
        store.keepAnnounced("b", new AnnouncedTopic("{}", ""));
        store.keepAnnounced("a", new AnnouncedTopic("{}", ""));
        store.keepAnnounced("b", new AnnouncedTopic("{}", ""));
        store.keepAnnounced("c", new AnnouncedTopic("{}", ""));

        store.removeAnnounced("a");
        store.removeAnnounced("never");

        assertThat(store.announcedTopics()).containsOnlyKeys("b", "c");
    }

    @Test
    void tellsWhatIsFreshWhetherItIsBeingSentOrNot() {
        Store store = store();
        add(store, DOOR, NOON.minusSeconds(31), "old");
        add(store, DOOR, "a");
        add(store, YARD, "b");
        store.take(new TakeRequest(1, 0, Set.of()));

        assertThat(store.fresh()).extracting(RenderedEvent::eventId).containsExactly("a", "b");
    }

    @Test
    void needsNoOtherTryWhileEverythingCanBeWritten() {
        Store store = store();
        add(store, DOOR, "a");

        assertThat(store.untilRetry()).isEmpty();
    }

    @Test
    void hasAnIdOfItsOwn() {
        assertThat(store().storeId()).isNotEmpty();
    }

    static void add(Store store, StreamName stream, String... ids) {
        add(store, stream, NOON, ids);
    }

    static void add(Store store, StreamName stream, Instant sendableSince, String... ids) {
        store.add(
                stream,
                List.of(ids).stream()
                        .map(id -> event(stream, id, sendableSince))
                        .toList(),
                Optional.empty());
    }

    @Test
    void forgetsHowFarAStreamWasReadThatIsGoneButNothingThatWaits() {
        Store store = store();
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("here", 1));
        store.keepState(DOOR, "{}");

        store.forget(DOOR);
        store.forget(YARD);

        assertThat(store.checkpoint(DOOR)).isEmpty();
        assertThat(store.states()).isEmpty();
        assertThat(ids(takeAll(store))).containsExactly("a");
    }

    @Test
    void letsAStreamGoOnUnderAnotherName() {
        Store store = store();
        store.add(DOOR, List.of(event(DOOR, "a", NOON)), checkpoint("p", 1));
        takeAll(store);
        store.keepState(DOOR, "state");
        store.keepCamera(DOOR, "camera");

        store.rename(DOOR, YARD);
        store.keepCamera(YARD, "camera");
        add(store, YARD, "b");

        assertThat(sequences(takeAll(store))).containsExactly(2L);
        assertThat(store.checkpoint(YARD)).isPresent();
        assertThat(store.checkpoint(DOOR)).isEmpty();
        assertThat(store.states()).containsOnly(Map.entry(YARD, "state"));
        assertThat(store.streamOf("camera")).contains(YARD);
        assertThat(store.cameraOf(DOOR)).isEmpty();
        assertThat(store.devices()).containsOnly(Map.entry(YARD, DOOR));
    }

    @Test
    void hasTheFirstNameOfAStreamAfterASecondRename() {
        Store store = store();
        add(store, DOOR, "a");

        store.rename(DOOR, YARD);
        StreamName porch = new StreamName("porch");
        store.rename(YARD, porch);
        assertThat(store.devices()).containsOnly(Map.entry(porch, DOOR));
        store.rename(porch, DOOR);

        assertThat(store.devices()).isEmpty();
    }
}
