package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One look at a stream's rows, from the newest second of a range back to its oldest, page by page. Says what to ask
 * for next and is fed the answer, until there is nothing more to ask for.
 *
 * <p>Pages overlap and may cut a second. The recorder answers from two queries: when a row comes in between them, all
 * timestamps of that answer belong to the row before. So a page with something new is read again until two reads in a
 * row are equal. Such a page is true: the timestamps of a page only grow, row by row, when rows come in; where two
 * readings of them are equal, so was every reading in between, and one of those fits the rows of the second page.
 */
final class PageScan {

    private static final int MOST_READS = 5;

    private final ScanRange range;
    private final SeenRows seen;
    private final Map<Mark, List<Row>> observed = new HashMap<>();
    private final TreeSet<Long> crowded = new TreeSet<>();
    private long end;
    private Page unconfirmed = new Page(List.of());
    private int reads;
    private long hiddenBelow = ScanRange.BEFORE_ALL;
    private Outcome outcome = Outcome.UNDER_WAY;

    /** How far a look came. */
    enum Outcome {
        UNDER_WAY,
        /** It saw everything in its range. */
        COMPLETE,
        /** It ended where nothing new was seen. */
        QUICK,
        /** It could not be ended, because the answers contradicted each other. What was found so far is true. */
        GIVEN_UP
    }

    PageScan(ScanRange range, SeenRows seen) {
        this.range = range;
        this.seen = seen;
        this.end = range.from();
    }

    /** The {@code end} of the next query, or nothing when the look has ended. */
    OptionalLong nextEnd() {
        return outcome == Outcome.UNDER_WAY ? OptionalLong.of(end) : OptionalLong.empty();
    }

    /** Takes the answer to the query that was next. */
    void page(Page page) {
        Map<Mark, List<Row>> shown = page.rows().stream()
                .filter(row -> range.contains(row.second()))
                .collect(Collectors.groupingBy(Row::mark));
        List<Mark> unknown = shown.keySet().stream()
                .filter(mark -> shown.get(mark).size() > known(mark))
                .toList();
        reads++;
        if (unknown.isEmpty() || page.equals(unconfirmed)) {
            shown.forEach((mark, rows) -> observed.merge(mark, rows, PageScan::longer));
            advance(page, unknown.stream().anyMatch(mark -> !range.isQuiet(mark.second())));
        } else if (reads < MOST_READS) {
            unconfirmed = page;
        } else {
            outcome = Outcome.GIVEN_UP;
        }
    }

    Outcome outcome() {
        return outcome;
    }

    /** What it found that was not known, the oldest first, the quiet rows too. */
    List<NewRow> newRows() {
        List<NewRow> found = new ArrayList<>();
        observed.forEach((mark, rows) -> {
            int before = seen.count(mark);
            for (int i = before; i < rows.size(); i++) {
                found.add(new NewRow(rows.get(i - before), i + 1, range.isQuiet(mark.second())));
            }
        });
        found.sort(NewRow.BY_SECOND);
        return found;
    }

    /** Seconds that have more rows than can be fetched, as far as that was not known, in ascending order. */
    List<Long> crowdedSeconds() {
        return crowded.stream()
                .filter(second -> seen.count(Fingerprint.crowded(second)) == 0)
                .toList();
    }

    /** Whether one query showed all of its range. */
    boolean tookOneQuery() {
        return outcome == Outcome.COMPLETE && end == range.from();
    }

    /** Whether what is new in a second is to be remembered only. */
    boolean isQuiet(long second) {
        return range.isQuiet(second);
    }

    /** Before this second there may be rows that were hidden by later ones; or {@link ScanRange#BEFORE_ALL}. */
    long hiddenBelow() {
        return hiddenBelow;
    }

    private int known(Mark mark) {
        return Math.max(seen.count(mark), observed.getOrDefault(mark, List.of()).size());
    }

    private void advance(Page page, boolean news) {
        if (!page.isFull() || page.oldest() < range.edge()) {
            outcome = Outcome.COMPLETE;
        } else if (!news && end > range.near() && page.oldest() > range.near()) {
            hiddenBelow = page.oldest() + 1;
            stepTo(range.near());
        } else if (page.isOneSecond()) {
            crowded.add(page.oldest());
            stepTo(page.oldest() - 1);
        } else if (!news && page.oldest() < range.quickUntil()) {
            outcome = Outcome.QUICK;
        } else {
            stepTo(page.oldest());
        }
    }

    private void stepTo(long next) {
        if (next < range.edge()) {
            outcome = Outcome.COMPLETE;
        } else if (next >= end) {
            outcome = Outcome.GIVEN_UP;
        }
        end = next;
        reads = 0;
        unconfirmed = new Page(List.of());
    }

    private static List<Row> longer(List<Row> a, List<Row> b) {
        return a.size() >= b.size() ? a : b;
    }
}
