package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bridge ends and begins anew with what was kept, while the recorder goes on. */
class RestartTest {

    private static final long HOUR = 3_600;
    private static final long DAY = 24 * HOUR;

    @ParameterizedTest
    @CsvSource({
        "PT1S, PT1H",
        "PT1S, PT0S",
        "PT1H, PT1H",
        "PT1H, P7D",
        "P7D, PT1H",
        "P7D, P7D",
        "P7D, P14D",
        "P29D, P30D",
        "P60D, P30D"
    })
    void tellsAllThatWasMissedWithinTheMaximumAgeOnce(Duration away, Duration maxAge) {
        Watcher watcher = new Watcher(maxAge);
        watcher.poll();
        watcher.insert("found", 0);
        watcher.poll();
        Checkpoint kept = kept(watcher);
        long step = Math.max(1, away.toSeconds() / 500);
        long within = 0;
        for (long passed = step; passed <= away.toSeconds(); passed += step) {
            watcher.passSeconds(step);
            watcher.insert("missed" + passed, 0);
            within += away.toSeconds() - passed <= maxAge.toSeconds() ? 1 : 0;
        }
        watcher.restart(kept);

        List<String> found = watcher.pollAll();

        assertThat(found).doesNotHaveDuplicates().noneMatch(row -> row.startsWith("found"));
        assertThat(found).hasSizeBetween((int) within, (int) within + (int) (180 / step) + 1);
        assertThat(watcher.pollAll()).isEmpty();
    }

    @Test
    void looksOnlyAtTheLastMinuteWhereCatchingUpIsSwitchedOff() {
        Watcher watcher = new Watcher(Duration.ZERO);
        watcher.poll();
        Checkpoint kept = kept(watcher);
        watcher.passSeconds(HOUR);
        watcher.insert("old", 100);
        watcher.insert("late", 20);
        watcher.restart(kept);
        List<String> found = watcher.pollAll();
        for (int i = 0; i < 400; i++) {
            watcher.passSeconds(1);
            found.addAll(watcher.poll());
        }

        assertThat(found).containsExactly("late@20#1");
    }

    @Test
    void dropsWhatIsLeftToCatchUpWhereThatIsSwitchedOffMeanwhile() {
        Watcher watcher = new Watcher(Duration.ofDays(7));
        watcher.poll();
        for (int i = 0; i < 100; i++) {
            watcher.passSeconds(HOUR);
            watcher.insert("hour" + i, 0);
        }
        watcher.passSeconds(HOUR);
        watcher.poll();
        WindowState catchingUp = watcher.look().before().orElseThrow();
        assertThat(catchingUp.gaps().isEmpty()).isFalse();
        Watcher switchedOff = new Watcher(watcher.recorder, Duration.ZERO);
        switchedOff.nowMillis = watcher.nowMillis;
        switchedOff.restart(WindowStateCodec.checkpoint(catchingUp));

        assertThat(switchedOff.pollAll()).isEmpty();
    }

    @Test
    void remembersForADayWhatWasToldBefore() {
        Watcher watcher = new Watcher(Duration.ofDays(14));
        watcher.poll();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            watcher.passSeconds(HOUR);
            watcher.insert("row" + i, 5);
            found.addAll(watcher.pollAll());
            watcher.restartAfter(600);
            found.addAll(watcher.pollAll());
        }

        assertThat(found).hasSize(60);
        assertThat(watcher.look().after().orElseThrow().seen().size()).isLessThanOrEqualTo(25);
    }

    @Test
    void tellsNothingOldWhenAStreamComesBackAfterDays() {
        Watcher watcher = new Watcher(Duration.ofDays(7));
        watcher.poll();
        for (int i = 0; i < 50; i++) {
            watcher.passSeconds(HOUR);
            watcher.insert("found", 0, 3);
            watcher.insert("found", 30, 3);
            assertThat(watcher.pollAll()).hasSize(6);
        }
        watcher.insert("last", 0);

        watcher.restartAfter(2 * DAY);

        assertThat(watcher.pollAll()).containsExactly("last@172800#1");
        watcher.insert("new", 0);
        assertThat(watcher.pollAll()).containsExactly("new@0#1");
    }

    @Test
    void goesOnWithARecorderThatWasReinstalledMeanwhile() {
        Watcher watcher = Watcher.started();
        watcher.insert("before", 0, 5);
        watcher.poll();
        Checkpoint kept = kept(watcher);
        Watcher reinstalled = new Watcher();
        reinstalled.nowMillis = watcher.nowMillis;
        reinstalled.passSeconds(30);
        reinstalled.insert("after", 1);

        reinstalled.restart(kept);

        assertThat(reinstalled.pollAll()).containsExactly("after@1#1");
        reinstalled.passSeconds(1);
        reinstalled.insert("before", 0);
        assertThat(reinstalled.pollAll()).containsExactly("before@0#1");
    }

    @Test
    void saysThatWhatWasMissedCouldHaveBeenSentWhenItHappened() {
        Watcher watcher = Watcher.started();
        watcher.restartAfter(20);
        long now = watcher.second();

        PollResult result = watcher.look();

        assertThat(result.sendableSince(now - 10).getEpochSecond()).isEqualTo(now - 10);
        assertThat(result.sendableSince(now - 3).getEpochSecond()).isEqualTo(now);
    }

    @Test
    void beginsALookBackAgoWhereTheMemoryWasLost() {
        Watcher watcher = new Watcher(Duration.ofDays(7), Beginning.AT_LOOK_BACK);
        watcher.insert("older", 61, 30);
        watcher.insert("within", 60, 15);
        watcher.insert("within", 3, 15);
        watcher.insert("future", -1_000, 25);
        long now = watcher.second();

        PollResult result = watcher.look();

        assertThat(watcher.described(result)).hasSize(30).allMatch(row -> row.startsWith("within"));
        assertThat(result.crowded()).isEmpty();
        assertThat(result.sendableSince(now - 20).getEpochSecond()).isEqualTo(now - 20);
        watcher.window.commit(result);
        assertThat(watcher.pollAll()).isEmpty();
        watcher.passSeconds(1);
        watcher.insert("new", 0);
        assertThat(watcher.pollAll()).containsExactly("new@0#1");
    }

    @Test
    void countsASecondThatIsTooFullWhereTheMemoryWasLost() {
        Watcher watcher = new Watcher(Duration.ofDays(7), Beginning.AT_LOOK_BACK);
        watcher.insert("crowd", 5, 45);

        assertThat(watcher.look().crowded()).containsExactly(watcher.second() - 5);
    }

    private static Checkpoint kept(Watcher watcher) {
        return watcher.look().before().map(WindowStateCodec::checkpoint).orElseThrow();
    }
}
