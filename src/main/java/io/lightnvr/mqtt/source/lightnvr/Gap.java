package io.lightnvr.mqtt.source.lightnvr;

/**
 * Seconds that were not looked at yet and are caught up slice by slice, the oldest first.
 *
 * @param next the first second, epoch seconds on the recorder's clock
 * @param last the last second, inclusive; before {@code next} where nothing is left
 */
record Gap(long next, long last) {

    static final Gap NONE = new Gap(0, -1);

    private static final long SLICE_SECONDS = 60;

    boolean isEmpty() {
        return last < next;
    }

    boolean contains(long second) {
        return second >= next && second <= last;
    }

    long sliceEnd() {
        return Math.min(next + SLICE_SECONDS, last);
    }

    Gap withoutSlice() {
        return new Gap(sliceEnd() + 1, last);
    }

    /** A gap that holds this one and more. */
    Gap with(long from, long to) {
        return isEmpty() ? new Gap(from, to) : new Gap(Math.min(next, from), Math.max(last, to));
    }

    /** What of it is not older than a second. */
    Gap notBefore(long second) {
        return new Gap(Math.max(next, second), last);
    }
}
