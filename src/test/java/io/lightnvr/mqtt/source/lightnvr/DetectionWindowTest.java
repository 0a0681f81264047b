package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Agreement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionWindowTest {

    @Test
    void beginsAtNowAndTellsOnlyWhatComesAfterwards() {
        Watcher watcher = new Watcher();
        watcher.insert("old", 3);

        assertThat(watcher.poll()).isEmpty();
        watcher.insert("new", 0);
        assertThat(watcher.poll()).containsExactly("new@0#1");
        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void tellsLateRowsOfSecondsBeforeTheFirstLook() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(1);
        watcher.insert("late", 30);

        List<String> found = watcher.poll();

        assertThat(found).containsExactly("late@30#1");
    }

    @Test
    void countsIdenticalRowsOfOneSecondOnOverSeveralPolls() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0, 2);
        assertThat(watcher.poll()).containsExactly("person@0#1", "person@0#2");
        watcher.insert("person", 0);

        List<String> found = watcher.poll();

        assertThat(found).containsExactly("person@0#3");
    }

    @Test
    void tellsTheSameAgainUntilItIsTaken() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0);

        assertThat(watcher.described(watcher.look())).containsExactly("person@0#1");
        assertThat(watcher.poll()).containsExactly("person@0#1");
        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void doesNotGoBackWhenAnOlderPollIsTakenAfterANewerOne() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0);
        PollResult older = watcher.look();
        watcher.insert("car", 0);
        watcher.poll();

        watcher.window.commit(older);

        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void asksOnceWhereNothingIsNewAndTwiceWhereSomethingIs() {
        Watcher watcher = Watcher.started();
        watcher.poll();
        assertThat(watcher.queries).containsExactly(ScanRange.FAR);
        watcher.insert("person", 0);

        watcher.poll();

        assertThat(watcher.queries).containsExactly(ScanRange.FAR, ScanRange.FAR);
    }

    @Test
    void pagesBackOverTheCutSecond() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(5);
        watcher.insert("a", 3, 15);
        watcher.insert("b", 1, 15);

        List<String> found = watcher.poll();

        assertThat(found).hasSize(30);
        assertThat(watcher.queries).contains(watcher.second() - 3);
    }

    @Test
    void findsAllNewRowsThoughTheyAreAheadOfTheClock() {
        Watcher watcher = Watcher.started();
        watcher.insert("ahead", -10, 15);
        watcher.insert("further ahead", -12, 15);

        assertThat(watcher.poll()).hasSize(30);
    }

    @Test
    void findsALateRowBehindABusyTenSecondsWithinTenSeconds() {
        Watcher watcher = Watcher.started();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            watcher.passSeconds(1);
            watcher.insert("busy" + i, 0, 5);
            if (i == 90) {
                watcher.insert("late", 28);
            }
            found.addAll(watcher.poll());
            if (i == 101) {
                assertThat(found).anyMatch(row -> row.startsWith("late@"));
            }
        }
        assertThat(found).hasSize(601);
    }

    @Test
    void doesNotReadTheWholeMinuteOfABusyStreamAtEveryPoll() {
        Watcher watcher = Watcher.started();
        int queries = 0;
        for (int i = 0; i < 100; i++) {
            watcher.passSeconds(1);
            watcher.insert("busy" + i, 0, 5);
            watcher.poll();
            queries += watcher.queries.size();
        }

        assertThat(queries).isLessThan(900);
    }

    @Test
    void saysOnceThatASecondHasMoreRowsThanCanBeFetched() {
        Watcher watcher = Watcher.started();
        watcher.insert("before", 1, 3);
        watcher.insert("crowd", 0, 45);

        PollResult result = watcher.look();
        watcher.window.commit(result);

        assertThat(result.rows()).hasSize(23);
        assertThat(result.crowded()).containsExactly(watcher.second());
        assertThat(watcher.look().crowded()).isEmpty();
    }

    @Test
    void saysNothingOfFullSecondsOfBeforeTheFirstLook() {
        Watcher watcher = new Watcher();
        watcher.insert("crowd", 5, 45);

        PollResult result = watcher.look();

        assertThat(result.crowded()).isEmpty();
    }

    @Test
    void countsRowsThatCannotBeReadOnce() {
        Watcher watcher = Watcher.started();
        Page page = new Page(List.of(Row.unreadable(watcher.second(), "{}"), Row.unreadable(watcher.second(), "{}")));
        WindowPoll poll = watcher.window.begin(watcher.moment());
        poll.page(page);
        poll.page(page);

        assertThat(poll.result().unreadable()).isEqualTo(2);
        assertThat(poll.result().rows()).isEmpty();
        watcher.window.commit(poll.result());
        WindowPoll next = watcher.window.begin(watcher.moment());
        next.page(page);
        assertThat(next.result().unreadable()).isZero();
    }

    @Test
    void doesNotBelieveARowBeforeTwoReadingsInARowAreEqual() {
        Watcher watcher = Watcher.started();
        watcher.insert("a", 2);
        watcher.insert("b", 1);
        WindowPoll poll = watcher.window.begin(watcher.moment());

        poll.page(watcher.recorder.read(ScanRange.FAR, () -> watcher.insert("c", 0)));
        assertThat(poll.nextEnd()).hasValue(ScanRange.FAR);
        poll.page(watcher.recorder.read(ScanRange.FAR, () -> watcher.insert("d", 0)));
        poll.page(watcher.recorder.read(ScanRange.FAR));
        poll.page(watcher.recorder.read(ScanRange.FAR));

        assertThat(watcher.described(poll.result())).containsExactlyInAnyOrder("a@2#1", "b@1#1", "c@0#1", "d@0#1");
    }

    @Test
    void givesALookUpAfterFiveReadingsOfWhichNoTwoAreEqual() {
        Watcher watcher = Watcher.started();
        WindowPoll poll = watcher.window.begin(watcher.moment());
        for (int i = 0; i < 5; i++) {
            watcher.insert("row" + i, 0);
            poll.page(watcher.recorder.read(ScanRange.FAR));
        }

        assertThat(poll.nextEnd()).isEmpty();
        assertThat(poll.result().rows()).isEmpty();
        watcher.window.commit(poll.result());
        assertThat(watcher.poll()).hasSize(5);
    }

    @Test
    void givesUpOnARecorderThatIgnoresTheEnd() {
        Watcher watcher = Watcher.started();
        watcher.insert("a", 1, 10);
        watcher.insert("b", 0, 15);
        WindowPoll poll = watcher.window.begin(watcher.moment());
        int queries = 0;
        while (poll.nextEnd().isPresent()) {
            queries++;
            poll.page(watcher.recorder.read(ScanRange.FAR));
        }

        assertThat(queries).isEqualTo(3);
        assertThat(poll.result().rows()).hasSize(20);
    }

    @Test
    void confirmsTheFirstLookToo() {
        Watcher watcher = new Watcher();
        watcher.insert("a", 2);
        WindowPoll poll = watcher.window.begin(watcher.moment());
        poll.page(watcher.recorder.read(ScanRange.FAR, () -> watcher.insert("b", 0)));
        while (poll.nextEnd().isPresent()) {
            poll.page(watcher.recorder.read(ScanRange.FAR));
        }
        watcher.window.commit(poll.result());

        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void goesOnWhereTheRecorderClockIsInDoubtButCallsNoLookComplete() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0);
        WindowPoll poll = watcher.window.begin(watcher.moment(false));
        poll.page(watcher.recorder.read(ScanRange.FAR));
        poll.page(watcher.recorder.read(ScanRange.FAR));
        PollResult result = poll.result();

        assertThat(watcher.described(result)).containsExactly("person@0#1");
        WindowState before = result.before().orElseThrow();
        WindowState after = result.after().orElseThrow();
        assertThat(after.seen().size()).isEqualTo(before.seen().size() + 1);
        assertThat(after.completedAt()).isEqualTo(before.completedAt());
        assertThat(after.lastScan()).isEqualTo(before.lastScan());
    }

    @Test
    void publishesWhatExistedBeforeTheFirstLookIfItIsHeardAfterwards() {
        Watcher watcher = new Watcher();
        watcher.insert("person", 1);
        assertThat(watcher.poll()).isEmpty();

        assertThat(watcher.hear("person", 1)).containsExactly("person@1#1");
        watcher.insert("person", 1);

        assertThat(watcher.poll()).isEmpty();
        assertThat(watcher.hear("person", 1)).containsExactly("person@1#2");
    }

    @Test
    void readsOnceWhatKnownRowsProveAndTwiceWhatNothingProves() {
        Watcher watcher = Watcher.started();
        watcher.insert("first", 1);
        watcher.insert("second", 0);
        watcher.poll();
        int unproven = watcher.queries.size();
        watcher.passSeconds(1);
        watcher.insert("third", 0);

        assertThat(watcher.poll()).containsExactly("third@0#1");

        assertThat(unproven).isEqualTo(2);
        assertThat(watcher.queries).hasSize(1);
    }

    @Test
    void publishesWhatIsHeardWhileAPollIsUnderWayOnce() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0);
        PollResult poll = watcher.look();
        List<String> heard = watcher.hear("person", 0);

        PollResult settled = watcher.window.settle(poll);

        assertThat(heard).containsExactly("person@0#1");
        assertThat(settled.rows()).isEmpty();
        assertThat(watcher.window.commit(settled)).isTrue();
        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void publishesWhatIsHeardFromBeforeTheFirstLook() {
        Watcher watcher = Watcher.started();

        assertThat(watcher.hear("person", 3_720)).containsExactly("person@3720#1");
        assertThat(watcher.hear("person", 3_721)).isEmpty();
    }

    @Test
    void doesNotPublishWhatIsHeardFromBeforeItsMemory() {
        Watcher watcher = new Watcher(Duration.ofDays(8));
        watcher.poll();
        watcher.passSeconds(10);
        watcher.poll();

        assertThat(watcher.hear("person", 86_401)).isEmpty();
        assertThat(watcher.hear("person", 86_400)).hasSize(1);
    }

    @Test
    void doesNotPublishWhatIsHeardFromBeforeTheNewestOfTooManyRows() {
        Watcher watcher = Watcher.started();
        for (int i = 0; i < 500; i++) {
            watcher.passSeconds(1);
            watcher.insert("row", 0, 18);
            watcher.poll();
        }

        assertThat(watcher.hear("row", 500)).isEmpty();
        assertThat(watcher.hear("row", 490)).isEmpty();
        assertThat(watcher.hear("other", 490)).hasSize(1);
    }

    @Test
    void waitsForTheRowsOfWhatIsHeardLateUntilTheyAreCaughtUp() {
        Watcher watcher = Watcher.started();
        watcher.hear("repeated by the recorder", 300);
        watcher.hear("by a clock that is set", -3_600);
        watcher.passSeconds(120);
        watcher.poll();
        assertThat(watcher.agreement()).isEqualTo(Agreement.NOTHING);
        watcher.passSeconds(480);
        watcher.poll();

        assertThat(watcher.agreement()).isEqualTo(new Agreement(0, 0, 2));
    }

    @Test
    void remembersThePresentWhateverIsSaidOfTheFuture() {
        Watcher watcher = new Watcher();
        HeardFrame frame = watcher.frame("person", 0);
        watcher.hear(frame);
        for (int i = 1; i <= 2 * WindowState.MAX_ROWS; i++) {
            watcher.hear("forged", -i);
        }

        assertThat(watcher.hear(frame)).isEmpty();
        assertThat(watcher.hear("another person", 0)).hasSize(1);
    }

    @Test
    void doesNotPublishWhatIsSaidToBeADayAhead() {
        Watcher watcher = Watcher.started();

        assertThat(watcher.hear("forged", -86_401)).isEmpty();
        assertThat(watcher.hear("by a clock that is set", -86_400)).hasSize(1);
    }

    @Test
    void marksWhatIsOldAsLateThoughTheRecordersClockIsInDoubt() {
        Watcher watcher = Watcher.started();

        HeardResult old = watcher.window.hear(List.of(watcher.frame("person", 3_000)), watcher.moment(false));

        Instant happened = watcher.moment().bridge().minusSeconds(3_000);
        assertThat(old.events(new StreamName("door"), List.of()))
                .singleElement()
                .returns(happened, DetectionEvent::sendableSince);
    }

    @Test
    void confirmsWhatAPollFindsAfterHalfAMinute() {
        Watcher watcher = Watcher.started();
        watcher.hear("person", 0);
        watcher.insert("person", 0);
        watcher.passSeconds(32);
        watcher.poll();
        watcher.passSeconds(60);
        watcher.poll();

        assertThat(watcher.agreement()).isEqualTo(new Agreement(1, 0, 0));
    }

    @Test
    void knowsRepeatsAlsoAfterAForgedEventOfTheFuture() {
        Watcher watcher = new Watcher();
        HeardFrame frame = watcher.frame("person", 0);
        assertThat(watcher.hear(frame)).hasSize(1);

        assertThat(watcher.hear("forged", -86_000)).hasSize(1);

        assertThat(watcher.hear(frame)).isEmpty();
    }

    @Test
    void tellsWhatWasHeardAndReadAndWhatOnlyCameOneWay() {
        Watcher watcher = Watcher.started();
        watcher.hear("both", 0);
        watcher.hear("invented", 0);
        watcher.insert("both", 0);
        watcher.insert("unheard", 0);
        watcher.poll();

        assertThat(watcher.agreement()).isEqualTo(new Agreement(1, 0, 0));
        watcher.passSeconds(10);
        watcher.poll();
        assertThat(watcher.agreement()).isEqualTo(new Agreement(0, 1, 0));
        watcher.passSeconds(60);
        watcher.poll();
        assertThat(watcher.agreement()).isEqualTo(new Agreement(0, 0, 1));
    }

    @Test
    void confirmsWhatIsHeardAfterItWasRead() {
        Watcher watcher = Watcher.started();
        watcher.insert("person", 0);
        watcher.poll();

        assertThat(watcher.hear("person", 0)).isEmpty();

        assertThat(watcher.agreement()).isEqualTo(new Agreement(1, 0, 0));
    }
}
