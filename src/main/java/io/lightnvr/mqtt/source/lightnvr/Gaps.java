package io.lightnvr.mqtt.source.lightnvr;

import java.util.ArrayList;
import java.util.List;

/**
 * The seconds that are still to be caught up, slice by slice, the oldest first. Immutable.
 *
 * @param ranges in ascending order and apart
 * @param sliceSeconds the length of the next slice: longer after slices with few rows, so that quiet days cost little
 */
record Gaps(List<Range> ranges, long sliceSeconds) {

    /** The most ranges kept; the recorder's clock would have to be set as often before they are caught up. */
    static final int MAX_RANGES = 16;

    private static final long SHORTEST_SLICE = 60;
    private static final long LONGEST_SLICE = 86_400;

    static final Gaps NONE = new Gaps(List.of());

    /**
     * Consecutive seconds.
     *
     * @param first epoch seconds on the recorder's clock
     * @param last inclusive
     */
    record Range(long first, long last) {

        Range {
            if (last < first) {
                throw new IllegalArgumentException("A range from %d must not end at %d".formatted(first, last));
            }
        }

        boolean contains(long second) {
            return second >= first && second <= last;
        }

        long seconds() {
            return last - first + 1;
        }

        private boolean touches(Range other) {
            return first <= other.last + 1 && other.first <= last + 1;
        }

        private Range with(Range other) {
            return new Range(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    Gaps {
        ranges = List.copyOf(ranges);
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).first() <= ranges.get(i - 1).last() + 1) {
                throw new IllegalArgumentException("Ranges must be in order and apart");
            }
        }
    }

    Gaps(List<Range> ranges) {
        this(ranges, SHORTEST_SLICE);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(long second) {
        return ranges.stream().anyMatch(range -> range.contains(second));
    }

    /** Returns whether a part is older than a second. */
    boolean startBefore(long second) {
        return !isEmpty() && ranges.get(0).first() < second;
    }

    /** Adds a range, unless it is empty. */
    Gaps with(long first, long last) {
        if (last < first) {
            return this;
        }
        Range sum = new Range(first, last);
        List<Range> before = new ArrayList<>();
        List<Range> after = new ArrayList<>();
        for (Range range : ranges) {
            if (range.touches(sum)) {
                sum = range.with(sum);
            } else {
                (range.last() < first ? before : after).add(range);
            }
        }
        before.add(sum);
        before.addAll(after);
        return new Gaps(before.subList(Math.max(0, before.size() - MAX_RANGES), before.size()), sliceSeconds);
    }

    /** Drops what is older than a second. */
    Gaps withoutBefore(long second) {
        if (!startBefore(second)) {
            return this;
        }
        List<Range> rest = ranges.stream()
                .filter(range -> range.last() >= second)
                .map(range -> new Range(Math.max(range.first(), second), range.last()))
                .toList();
        return new Gaps(rest, sliceSeconds);
    }

    /** Returns the oldest slice; there must be one. */
    Range slice() {
        Range oldest = ranges.get(0);
        return new Range(oldest.first(), Math.min(oldest.last(), oldest.first() + sliceSeconds - 1));
    }

    /** Drops the oldest slice, and lengthens the next one if a single query showed all of it. */
    Gaps withoutSlice(boolean tookOneQuery) {
        long next = tookOneQuery ? Math.min(2 * sliceSeconds, LONGEST_SLICE) : sliceSeconds;
        return new Gaps(withoutBefore(slice().last() + 1).ranges(), next);
    }

    /** Returns whether the oldest slice can be shorter. */
    boolean canBeShortened() {
        return sliceSeconds > SHORTEST_SLICE;
    }

    Gaps shortened() {
        return new Gaps(ranges, Math.max(sliceSeconds / 4, SHORTEST_SLICE));
    }
}
