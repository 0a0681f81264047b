package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Scans the rows of a stream page by page, from the newest second of a range back to its oldest. It names the next
 * query and takes the answer, until nothing is left to ask for.
 *
 * <p>Pages overlap and may cut a second. The recorder answers from two queries: if a row comes in between them, all
 * timestamps of that answer belong to the row before. So a page with something new that does not prove itself ({@link
 * PageProof}) is read again until two successive reads are equal. Such a page is true: the timestamps of a page only grow,
 * row by row, as rows come in; if two readings of them are equal, so was every reading in between, and one of those fits
 * the rows of the second page.
 */
final class PageScan {

    private static final int MAX_READS = 5;

    private final ScanRange range;
    private final SeenRows seen;
    private final Map<Mark, List<Row>> observed = new HashMap<>();
    private final TreeSet<Long> crowded = new TreeSet<>();
    private long end;
    private Page unconfirmed = new Page(List.of());
    private int reads;
    private long hiddenBelow = ScanRange.BEFORE_ALL;
    private Outcome outcome = Outcome.UNDER_WAY;

    /** How far a scan came. */
    enum Outcome {
        UNDER_WAY,
        /** It covered its range. */
        COMPLETE,
        /** It stopped early, since it came down to what is known. */
        QUICK,
        /** It was abandoned because the answers contradicted each other; what it found so far is true. */
        GIVEN_UP
    }

    PageScan(ScanRange range, SeenRows seen) {
        this.range = range;
        this.seen = seen;
        this.end = range.from();
    }

    /** Returns the {@code end} of the next query, or nothing if the scan has ended. */
    OptionalLong nextEnd() {
        return outcome == Outcome.UNDER_WAY ? OptionalLong.of(end) : OptionalLong.empty();
    }

    /** Takes the answer to the next query. */
    void page(Page page) {
        Map<Mark, List<Row>> shown = shown(page);
        List<Mark> unknown = shown.keySet().stream()
                .filter(mark -> shown.get(mark).size() > known(mark))
                .toList();
        reads++;
        if (unknown.isEmpty() || page.equals(unconfirmed) || PageProof.holds(page, unknown, seen)) {
            shown.forEach((mark, rows) -> observed.merge(mark, rows, PageScan::longer));
            advance(
                    page,
                    unknown.stream()
                            .filter(mark -> !range.isQuiet(mark.second()))
                            .toList());
        } else if (reads < MAX_READS) {
            unconfirmed = page;
        } else {
            outcome = Outcome.GIVEN_UP;
        }
    }

    /** The rows of a page that are in the range; usually none, since most polls find old ones only. */
    private Map<Mark, List<Row>> shown(Page page) {
        Map<Mark, List<Row>> shown = new HashMap<>();
        for (Row row : page.rows()) {
            if (range.contains(row.second())) {
                shown.computeIfAbsent(row.mark(), mark -> new ArrayList<>()).add(row);
            }
        }
        return shown;
    }

    Outcome outcome() {
        return outcome;
    }

    /** Returns the rows that were unknown, the oldest first, quiet ones included. */
    List<NewRow> newRows() {
        List<NewRow> found = new ArrayList<>();
        observed.forEach((mark, rows) -> {
            int before = seen.count(mark);
            int silent = seen.count(Fingerprint.quiet(mark));
            for (int i = before; i < rows.size(); i++) {
                found.add(new NewRow(rows.get(i - before), i + 1 - silent, range.isQuiet(mark.second())));
            }
        });
        found.sort(NewRow.BY_SECOND);
        return found;
    }

    /** Returns the seconds newly found to have more rows than can be fetched, in ascending order. */
    List<Long> crowdedSeconds() {
        return crowded.stream()
                .filter(second -> seen.count(Fingerprint.crowded(second)) == 0)
                .toList();
    }

    /** Returns whether a single query covered its range. */
    boolean tookOneQuery() {
        return outcome == Outcome.COMPLETE && end == range.from();
    }

    /** Returns whether new rows of a second are remembered without an event. */
    boolean isQuiet(long second) {
        return range.isQuiet(second);
    }

    /** Returns the second before which later rows may hide others, or {@link ScanRange#BEFORE_ALL}. */
    long hiddenBelow() {
        return hiddenBelow;
    }

    private int known(Mark mark) {
        return Math.max(seen.count(mark), observed.getOrDefault(mark, List.of()).size());
    }

    private void advance(Page page, List<Mark> news) {
        if (!page.isFull() || page.oldest() < range.edge()) {
            outcome = Outcome.COMPLETE;
        } else if (news.isEmpty() && end > range.near() && page.oldest() > range.near()) {
            hiddenBelow = page.oldest() + 1;
            stepTo(range.near());
        } else if (page.isOneSecond()) {
            crowded.add(page.oldest());
            stepTo(page.oldest() - 1);
        } else if (!page.endsIn(news) && page.oldest() < range.quickUntil()) {
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
