package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Beginning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/** Long gaps: what they cost in memory and queries, and what a crash in the middle costs. */
class CatchUpTest {

    private static final long START = Watcher.START;
    private static final long DAY = 86_400;

    private static final long DAY_AND_MORE = 30 * 3_600;

    private int queries;

    @Test
    void catchesUpADayOfARowASecondInTheMemoryOfAFewThousandRows() {
        DetectionWindow window = windowSince(START);
        BitSet found = new BitSet();
        int most = 0;
        PollResult result;
        do {
            result = poll(window, START + DAY_AND_MORE, end -> page(end, 1, START + DAY_AND_MORE));
            for (NewRow row : result.rows()) {
                int second = (int) (row.row().second() - START);
                assertThat(found.get(second)).isFalse();
                found.set(second);
            }
            most = Math.max(most, result.after().orElseThrow().seen().size());
        } while (result.more());

        assertThat(found.cardinality()).isEqualTo((int) DAY_AND_MORE);
        assertThat(most).isLessThanOrEqualTo(WindowState.MAX_ROWS + 200);
    }

    @Test
    void goesThroughAMonthWithLittleInItInAFewHundredQueries() {
        long now = START + 30 * DAY;
        DetectionWindow window = windowSince(START);
        int rows = 0;
        PollResult result;
        do {
            result = poll(window, now, end -> page(end, 10 * 3_600, now));
            rows += result.rows().size();
        } while (result.more());

        assertThat(rows).isEqualTo(30 * 24 / 10);
        assertThat(queries).isLessThan(400);
    }

    @Test
    void takesABusyHourBetweenQuietDaysInSmallSlices() {
        Watcher watcher = new Watcher(Duration.ofDays(30));
        watcher.poll();
        watcher.passSeconds(10 * DAY);
        for (int i = 0; i < 3_600; i++) {
            watcher.passSeconds(1);
            watcher.insert("busy" + i, 0);
        }
        watcher.passSeconds(10 * DAY);
        List<String> found = new ArrayList<>();
        int most = 0;
        PollResult result;
        do {
            result = watcher.look();
            watcher.window.commit(result);
            found.addAll(watcher.described(result));
            most = Math.max(most, result.rows().size());
        } while (result.more());

        assertThat(found)
                .hasSize(3_600)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("busy0@" + (10 * DAY + 3_599) + "#1");
        assertThat(most).isLessThanOrEqualTo(60);
    }

    @Test
    void goesOnNearWhereItWasAfterACrashInTheMiddle() {
        Watcher watcher = new Watcher(Duration.ofDays(7));
        watcher.poll();
        for (int i = 0; i < 2_000; i++) {
            watcher.passSeconds(100);
            watcher.insert("row" + i, 0);
        }
        List<String> found = new ArrayList<>();
        int polls = 0;
        while (watcher.look().more()) {
            found.addAll(watcher.poll());
            if (++polls % 100 == 0) {
                watcher.restartAfter(1);
                assertThat(watcher.look().after().orElseThrow().gaps().startBefore(watcher.second() - 200_000 + polls))
                        .isFalse();
            }
        }
        found.addAll(watcher.poll());

        assertThat(polls).isGreaterThan(150);
        assertThat(found.stream().map(row -> row.replaceFirst("@.*", "")))
                .hasSize(2_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void forgetsWhatIsOldAlsoWhileASliceFailsAgainAndAgain() {
        Watcher watcher = Watcher.started();
        watcher.insert("missed", 0);
        watcher.passSeconds(3_000);
        int most = 0;
        for (int i = 0; i < 6_000; i++) {
            watcher.passSeconds(1);
            watcher.insert("fresh", 0);
            WindowPoll poll = watcher.window.begin(watcher.moment());
            while (poll.nextEnd().isPresent() && !poll.isCatchingUp()) {
                poll.page(watcher.recorder.read(poll.nextEnd().getAsLong()));
            }
            poll.leaveSlice();
            watcher.window.commit(poll.result());
            most = Math.max(most, poll.result().after().orElseThrow().seen().size());
        }

        assertThat(most).isLessThanOrEqualTo(WindowState.MAX_ROWS + 200);
        assertThat(watcher.pollAll()).containsExactly("missed@9000#1");
    }

    /** A window that had its only look at that second, onto a stream without rows. */
    private static DetectionWindow windowSince(long second) {
        DetectionWindow window = new DetectionWindow(Duration.ofDays(30), Beginning.AT_NOW);
        WindowPoll poll = window.begin(moment(second));
        poll.page(new Page(List.of()));
        window.commit(poll.result());
        return window;
    }

    private PollResult poll(DetectionWindow window, long now, LongFunction<Page> recorder) {
        WindowPoll poll = window.begin(moment(now));
        while (poll.nextEnd().isPresent()) {
            poll.page(recorder.apply(poll.nextEnd().getAsLong()));
            queries++;
        }
        PollResult result = poll.result();
        assertThat(window.commit(result)).isTrue();
        return result;
    }

    /** The newest rows of a recorder that has one row every so many seconds since the start. */
    private static Page page(long end, long every, long newest) {
        List<Row> rows = new ArrayList<>();
        long second = START + (Math.min(end, newest) - START) / every * every;
        while (second > START && rows.size() < Page.FULL) {
            rows.add(Row.of(second, ModelRecorder.content("row")));
            second -= every;
        }
        return new Page(rows);
    }

    private static PollTime moment(long second) {
        return new PollTime(second, true, Instant.ofEpochSecond(second), TimeUnit.SECONDS.toNanos(second - START));
    }
}
