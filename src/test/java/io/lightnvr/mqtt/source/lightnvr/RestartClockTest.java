package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Checkpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder's clock is set while the bridge is away, or our own was wrong before or is so after. */
class RestartClockTest {

    private static final long HOUR = 3_600;
    private static final long YEARS = 20 * 365 * 24 * HOUR;

    /** A day with a row every five minutes was found; the clock is set in the middle of the time away, with rows all the while. */
    @ParameterizedTest
    @CsvSource({
        "3600, 10, PT1H",
        "3600, 10, P7D",
        "3600, 7200, P7D",
        "-3600, 10, PT1H",
        "-3600, 600, PT2H",
        "-3600, 7200, PT4H",
        "-3600, 7200, P14D",
        "-3600, 172800, P14D",
        "-90, 20, PT1H",
        "-90, 200, PT1H",
        "-1799999000, 600, PT1H",
        "-1799999000, 600, P14D",
        "-1799900000, 7200, P30D",
        "-1799900000, 172800, P30D"
    })
    void tellsWhatWasMissedWhereTheRecorderClockWasSet(long step, long away, Duration maxAge) {
        Watcher watcher = dayOld(maxAge);
        Checkpoint kept = kept(watcher);
        long missed = 0;
        long pause = Math.max(5, away / 200);
        for (long passed = 0; passed < away; passed += pause) {
            watcher.recorderAheadMillis = passed * 2 < away ? 0 : step * 1000;
            watcher.passSeconds(pause);
            watcher.insert("missed" + missed++, 0);
        }
        watcher.restart(kept);

        List<String> found = watcher.pollAll();

        assertThat(found).hasSize((int) missed).allMatch(row -> row.startsWith("missed"));
        assertThat(watcher.pollAll()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1H", "P7D", "P30D"})
    void repeatsNothingWhenTheRecorderGoesTo1970AndBackOverRestarts(Duration maxAge) {
        Watcher watcher = dayOld(maxAge);
        watcher.recorderAheadMillis = -watcher.nowMillis;
        watcher.restartAfter(30);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            watcher.passSeconds(2);
            watcher.insert("1970-" + i, 0);
            found.addAll(watcher.pollAll());
        }
        watcher.recorderAheadMillis = 0;
        watcher.restartAfter(30);
        for (int i = 0; i < 200; i++) {
            watcher.passSeconds(2);
            watcher.insert("back" + i, 0);
            found.addAll(watcher.pollAll());
        }

        assertThat(found).hasSize(220).doesNotHaveDuplicates().noneMatch(row -> row.startsWith("found"));
    }

    /** Recorder and bridge on one machine without a battery: nobody can tell how long the bridge took to come. */
    @Test
    void tellsWhatCameBeforeTheFirstLookAfterBothWokeIn1970() {
        Watcher watcher = dayOld(Duration.ofDays(7));
        Checkpoint kept = kept(watcher);
        watcher.passSeconds(60);
        long wake = -watcher.nowMillis + 4 * HOUR * 1000;
        watcher.recorderAheadMillis = wake;
        watcher.oursAheadMillis = wake;
        for (int i = 0; i < 20; i++) {
            watcher.passSeconds(1);
            watcher.insert("woken" + i, 0);
        }
        watcher.restart(kept);

        List<String> found = new ArrayList<>(watcher.pollAll());
        watcher.insert("late", 3);
        found.addAll(watcher.pollAll());

        assertThat(found).hasSize(21).doesNotHaveDuplicates().noneMatch(row -> row.startsWith("found"));
    }

    @Test
    void repeatsNothingWhenTheRecorderLeapsYearsForwardAndBackOverRestarts() {
        Watcher watcher = dayOld(Duration.ofDays(7));
        watcher.insert("found", 0);
        watcher.pollAll();
        watcher.recorderAheadMillis += YEARS * 1000;
        watcher.restartAfter(1);
        List<String> found = new ArrayList<>(watcher.pollAll());
        watcher.recorderAheadMillis = 0;
        watcher.restartAfter(1);
        watcher.insert("new", 0);
        found.addAll(watcher.pollAll());

        assertThat(found).containsExactly("new@0#1");
    }

    /** By how many seconds our clock goes wrong over a restart, and by how many the recorder's is set. */
    @ParameterizedTest
    @CsvSource({
        "-1800000000, 0, 10",
        "-1800000000, 0, 604800",
        "-1800000000, -3600, 10",
        "-1800000000, 3600, 10",
        "1000000000, 0, 10",
        "1000000000, 0, 604800",
        "1000000000, -3600, 10",
        "1000000000, 3600, 10",
        "3600, 0, 10",
        "-3600, 0, 604800",
        "30, -10, 5",
        "-30, 10, 5"
    })
    void neitherRepeatsNorLosesWhereOurClockIsWrong(long ourError, long step, long away) {
        Watcher watcher = dayOld(Duration.ofDays(14));
        Checkpoint kept = kept(watcher);
        watcher.passSeconds(1);
        watcher.insert("before", 0);
        watcher.oursAheadMillis = ourError * 1000;
        watcher.recorderAheadMillis = step * 1000;
        watcher.passSeconds(away);
        watcher.restart(kept);
        watcher.insert("new", 2);

        List<String> found = watcher.pollAll();

        assertThat(found.stream().map(row -> row.replaceFirst("@.*", ""))).containsExactlyInAnyOrder("before", "new");
        watcher.oursAheadMillis = 0;
        watcher.restartAfter(10);
        watcher.insert("newer", 0);
        assertThat(watcher.pollAll()).containsExactly("newer@0#1");
    }

    @Test
    void takesNoHistoryForNewsWhereOurClockLeapsOverTheFirstRestart() {
        Watcher watcher = new Watcher(Duration.ofDays(7));
        for (int i = 1; i < 100; i++) {
            watcher.insert("history" + i, i * 60);
        }
        watcher.poll();
        watcher.oursAheadMillis = YEARS * 1000;
        watcher.restartAfter(10);

        assertThat(watcher.pollAll()).isEmpty();
    }

    /**
     * More rows than are remembered: what is forgotten is not new, wherever the clock goes, but for the few seconds in
     * which it was set, where nobody can tell: of those all is found.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void repeatsNothingThatIsForgottenWhenTheClockIsSetBackBeyondItsMemoryAndForth(boolean restarts) {
        Watcher watcher = new Watcher(Duration.ofDays(7));
        watcher.poll();
        for (int i = 0; i < 1_200; i++) {
            watcher.passSeconds(2);
            watcher.insert("found", 0, 6);
            watcher.pollAll();
        }
        watcher.recorderAheadMillis -= HOUR / 2 * 1000;
        List<String> found = new ArrayList<>(goOn(watcher, restarts));
        watcher.recorderAheadMillis = 0;
        found.addAll(goOn(watcher, restarts));

        assertThat(found).filteredOn(row -> row.startsWith("new")).hasSize(120);
        assertThat(found).filteredOn(row -> row.startsWith("found")).hasSizeLessThanOrEqualTo(4 * 6);
    }

    /** A minute with a row each second. */
    private static List<String> goOn(Watcher watcher, boolean restarts) {
        if (restarts) {
            watcher.restartAfter(0);
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            watcher.passSeconds(1);
            watcher.insert("new", 0);
            found.addAll(watcher.pollAll());
        }
        return found;
    }

    private static Watcher dayOld(Duration maxAge) {
        Watcher watcher = new Watcher(maxAge);
        watcher.poll();
        for (int i = 0; i < 25 * 12; i++) {
            watcher.passSeconds(300);
            watcher.insert("found", i % 30);
            assertThat(watcher.pollAll()).hasSize(1);
        }
        return watcher;
    }

    private static Checkpoint kept(Watcher watcher) {
        return watcher.look().before().map(WindowStateCodec::checkpoint).orElseThrow();
    }
}
