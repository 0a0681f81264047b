package io.lightnvr.mqtt.source;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A multiset of {@link Mark}s, 16 bytes each: two arrays, ordered by second, then by fingerprint. Immutable. The source
 * drops the rows that it contains; the store keeps it with the checkpoint.
 */
public final class SeenRows {

    /** No rows. */
    public static final SeenRows NONE = new SeenRows(new long[0], new long[0]);

    private static final int MARK_BYTES = 16;
    private static final Comparator<Mark> ORDER =
            Comparator.comparingLong(Mark::second).thenComparingLong(Mark::fingerprint);

    private final long[] seconds;
    private final long[] fingerprints;

    private SeenRows(long[] seconds, long[] fingerprints) {
        this.seconds = seconds;
        this.fingerprints = fingerprints;
    }

    /** Returns the number of marks. */
    public int size() {
        return seconds.length;
    }

    /** Returns how often it contains a mark. */
    public int count(Mark mark) {
        int count = 0;
        for (int i = firstNotBefore(mark); i < size() && compareAt(i, mark) == 0; i++) {
            count++;
        }
        return count;
    }

    /** Returns the number of marks of this second and earlier ones. */
    public int countUpTo(long second) {
        return second == Long.MAX_VALUE ? size() : firstOf(second + 1);
    }

    /** Returns the second of the mark at an index, counted from 0 in the order of seconds. */
    public long secondAt(int index) {
        return seconds[index];
    }

    /** Returns the sum of this multiset and these marks. */
    public SeenRows plus(Collection<Mark> marks) {
        if (marks.isEmpty()) {
            return this;
        }
        List<Mark> added = marks.stream().sorted(ORDER).toList();
        SeenRows sum = ofSize(size() + added.size());
        int from = 0;
        for (int i = 0; i < added.size(); i++) {
            int to = firstNotBefore(added.get(i));
            copyTo(sum, from, to, from + i);
            sum.seconds[to + i] = added.get(i).second();
            sum.fingerprints[to + i] = added.get(i).fingerprint();
            from = to;
        }
        copyTo(sum, from, size(), from + added.size());
        return sum;
    }

    /** Returns this multiset without the seconds from {@code from} to before {@code to}. */
    public SeenRows without(long from, long to) {
        int begin = firstOf(from);
        int end = Math.max(begin, firstOf(to));
        if (begin == end) {
            return this;
        }
        SeenRows rest = ofSize(size() - (end - begin));
        copyTo(rest, 0, begin, 0);
        copyTo(rest, end, size(), begin);
        return rest;
    }

    /**
     * Returns the difference of two multisets, ordered by second, then by fingerprint. Fast if they share long runs,
     * free if they are the same object; all of it if the other one is {@link #NONE}.
     */
    public List<Mark> minus(SeenRows other) {
        if (this == other) {
            return List.of();
        }
        List<Mark> more = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < size()) {
            int order = theirs == other.size() ? 1 : other.compareAt(theirs, seconds[mine], fingerprints[mine]);
            if (order < 0) {
                theirs = Math.max(theirs + 1, other.firstOf(seconds[mine]));
            } else if (order > 0) {
                more.add(new Mark(seconds[mine], fingerprints[mine]));
                mine++;
            } else {
                int same = sameFrom(mine, other, theirs);
                mine += same;
                theirs += same;
            }
        }
        return more;
    }

    /** Returns the number of equal marks from two indexes on. */
    private int sameFrom(int mine, SeenRows other, int theirs) {
        int most = Math.min(size() - mine, other.size() - theirs);
        int bySecond = Arrays.mismatch(seconds, mine, mine + most, other.seconds, theirs, theirs + most);
        int byFingerprint = Arrays.mismatch(fingerprints, mine, mine + most, other.fingerprints, theirs, theirs + most);
        return Math.min(bySecond < 0 ? most : bySecond, byFingerprint < 0 ? most : byFingerprint);
    }

    /**
     * Returns the marks of seconds from {@code from} to before {@code to}, in order: 8 bytes each for second and
     * fingerprint.
     */
    public byte[] bytes(long from, long to) {
        int begin = firstOf(from);
        int end = Math.max(begin, firstOf(to));
        ByteBuffer bytes = ByteBuffer.allocate((end - begin) * MARK_BYTES);
        for (int i = begin; i < end; i++) {
            bytes.putLong(seconds[i]).putLong(fingerprints[i]);
        }
        return bytes.array();
    }

    /** Reads what {@link #bytes} wrote, piece by piece, in the order of their seconds. */
    public static SeenRows ofBytes(List<byte[]> pieces) {
        int count = pieces.stream().mapToInt(piece -> piece.length).sum() / MARK_BYTES;
        SeenRows rows = ofSize(count);
        int i = 0;
        for (byte[] piece : pieces) {
            for (ByteBuffer bytes = ByteBuffer.wrap(piece); bytes.remaining() >= MARK_BYTES; i++) {
                rows.seconds[i] = bytes.getLong();
                rows.fingerprints[i] = bytes.getLong();
            }
        }
        return rows;
    }

    private static SeenRows ofSize(int size) {
        return new SeenRows(new long[size], new long[size]);
    }

    private void copyTo(SeenRows target, int from, int to, int at) {
        System.arraycopy(seconds, from, target.seconds, at, to - from);
        System.arraycopy(fingerprints, from, target.fingerprints, at, to - from);
    }

    private int compareAt(int index, Mark mark) {
        return compareAt(index, mark.second(), mark.fingerprint());
    }

    private int compareAt(int index, long second, long fingerprint) {
        int bySecond = Long.compare(seconds[index], second);
        return bySecond != 0 ? bySecond : Long.compare(fingerprints[index], fingerprint);
    }

    /** Returns the index of the first mark of this second or a later one. */
    private int firstOf(long second) {
        return firstNotBefore(new Mark(second, Long.MIN_VALUE));
    }

    private int firstNotBefore(Mark mark) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compareAt(middle, mark) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenRows rows
                && Arrays.equals(seconds, rows.seconds)
                && Arrays.equals(fingerprints, rows.fingerprints);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(seconds) + Arrays.hashCode(fingerprints);
    }
}
