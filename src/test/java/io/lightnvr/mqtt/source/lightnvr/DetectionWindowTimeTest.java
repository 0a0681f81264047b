package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the window does about time that went by: it looks back, catches up and forgets. */
class DetectionWindowTimeTest {

    @Test
    void sweepsAQuarterOfAnHourEveryFiveMinutes() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(800);
        watcher.pollAll();
        watcher.insert("very late", 700);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            watcher.passSeconds(5);
            found.addAll(watcher.poll());
        }

        assertThat(found).singleElement().asString().startsWith("very late@");
    }

    @Test
    void catchesUpTheOldestFirstWithoutHoldingUpThePresent() {
        Watcher watcher = Watcher.started();
        for (int i = 0; i < 30; i++) {
            watcher.passSeconds(60);
            watcher.insert("missed" + i, 30);
        }
        watcher.passSeconds(5);
        watcher.insert("fresh", 0);

        PollResult first = watcher.look();

        assertThat(watcher.described(first)).containsExactly("missed29@35#1", "fresh@0#1");
        assertThat(first.more()).isTrue();
        watcher.window.commit(first);
        List<String> caughtUp = watcher.pollAll();
        assertThat(caughtUp).hasSize(29).first().isEqualTo("missed0@1775#1");
        assertThat(caughtUp).last().isEqualTo("missed28@95#1");
    }

    @Test
    void catchesUpNoFurtherThanItMay() {
        Watcher watcher = new Watcher(Duration.ofMinutes(10));
        watcher.poll();
        watcher.insert("too old", 0);
        watcher.passSeconds(3_000);
        watcher.insert("old", 500);
        List<String> found = watcher.pollAll();

        assertThat(found).containsExactly("old@500#1");
    }

    @Test
    void looksOnlyAtTheLastMinuteWhereCatchingUpIsSwitchedOff() {
        Watcher watcher = new Watcher(Duration.ZERO);
        watcher.poll();
        watcher.passSeconds(3_000);
        watcher.insert("old", 100);
        watcher.insert("late", 20);

        assertThat(watcher.poll()).containsExactly("late@20#1");
        assertThat(watcher.look().more()).isFalse();
    }

    @Test
    void catchesUpDaysThoughItRemembersOne() {
        Watcher watcher = new Watcher(Duration.ofDays(8));
        watcher.poll();
        for (int i = 0; i < 3 * 24; i++) {
            watcher.passSeconds(3_600);
            watcher.insert("hour" + i, 0);
        }
        watcher.passSeconds(100);
        WindowState catchingUp = watcher.look().after().orElseThrow();
        assertThat(catchingUp.gaps().startBefore(catchingUp.floor())).isTrue();

        List<String> found = watcher.pollAll();

        assertThat(found).hasSize(3 * 24).doesNotHaveDuplicates();
    }

    @Test
    void leavesASliceThatFailsForTheNextPoll() {
        Watcher watcher = Watcher.started();
        watcher.insert("missed", 0);
        watcher.passSeconds(600);
        watcher.insert("fresh", 0);
        WindowPoll poll = watcher.window.begin(watcher.moment());
        while (!poll.isCatchingUp()) {
            poll.page(watcher.recorder.read(poll.nextEnd().getAsLong()));
        }

        poll.leaveSlice();

        assertThat(poll.nextEnd()).isEmpty();
        assertThat(watcher.described(poll.result())).containsExactly("fresh@0#1");
        assertThat(poll.result().more()).isFalse();
        watcher.window.commit(poll.result());
        assertThat(watcher.pollAll()).containsExactly("missed@600#1");
    }

    @Test
    void saysSinceWhenARowCouldHaveBeenSent() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(3);
        long now = watcher.second();

        PollResult afterThree = watcher.look();
        assertThat(afterThree.sendableSince(now - 30)).isEqualTo(Instant.ofEpochSecond(now));
        assertThat(afterThree.sendableSince(now - 60)).isEqualTo(Instant.ofEpochSecond(now - 60));
        assertThat(afterThree.sendableSince(now + 5)).isEqualTo(Instant.ofEpochSecond(now));
        watcher.passSeconds(17);
        PollResult afterBlindness = watcher.look();
        assertThat(afterBlindness.sendableSince(now + 2)).isEqualTo(Instant.ofEpochSecond(now + 2));
        assertThat(afterBlindness.sendableSince(now + 12)).isEqualTo(Instant.ofEpochSecond(now + 17));
    }

    @Test
    void countsARowWrittenMoreThanHalfAMinuteLateFromItsOwnSecond() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(3);
        long now = watcher.second();

        PollResult found = watcher.look();

        assertThat(found.sendableSince(now - 31)).isEqualTo(Instant.ofEpochSecond(now - 31));
        assertThat(found.sendableSince(now - 59)).isEqualTo(Instant.ofEpochSecond(now - 59));
    }

    @Test
    void trustsNoSecondOfARecorderWhoseClockIsInDoubt() {
        Watcher watcher = Watcher.started();
        watcher.passSeconds(3);
        long now = watcher.second();

        PollResult found = watcher.window.begin(watcher.moment(false)).result();

        assertThat(found.sendableSince(now - 45)).isEqualTo(Instant.ofEpochSecond(now));
    }

    @Test
    void remembersABoundedNumberOfRowsAndRaisesTheFloorInstead() {
        Watcher watcher = Watcher.started();
        PollResult last = watcher.look();
        for (int i = 0; i < 1_000; i++) {
            watcher.passSeconds(1);
            watcher.insert("row", 0, 18);
            last = watcher.look();
            watcher.window.commit(last);
        }
        WindowState state = last.after().orElseThrow();

        assertThat(state.seen().size()).isLessThanOrEqualTo(WindowState.MAX_ROWS);
        assertThat(state.floor()).isEqualTo(state.seen().secondAt(0));
        assertThat(watcher.poll()).isEmpty();
    }

    @Test
    void forgetsWhatIsADayOld() {
        Watcher watcher = Watcher.started();
        watcher.insert("row", 0);
        watcher.poll();
        watcher.passSeconds(86_300);
        watcher.pollAll();
        assertThat(watcher.look().after().orElseThrow().seen().size()).isEqualTo(1);
        watcher.passSeconds(200);
        watcher.poll();

        assertThat(watcher.look().after().orElseThrow().seen().size()).isZero();
    }
}
