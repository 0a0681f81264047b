package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Writes the state of a window as text, without the rows that it remembers, and reads it:
 *
 * <pre>
 * version=1 floor=1799913540 unknown_below=0 complete=1800000000 swept=1799999900 lag=0 look=1800000000 ours=1800000001 gaps=1799990000..1799990059,1799999000..1799999999
 * </pre>
 *
 * <p>{@code look} and {@code ours} are the last scan on the recorder's clock and on the bridge's; {@code lag} is in
 * seconds, all others are epoch seconds.
 */
final class WindowStateCodec {

    private static final String VERSION = "1";
    private static final String HEARD_ONLY = "version=1 heard=only";
    private static final int FIELDS = 9;

    /** No clock, and no difference of clocks, is trusted beyond this: 31,000 years. */
    private static final long MAX_SECONDS = 1_000_000_000_000L;

    /** Longer than anything that can be caught up; scanning it would never end. */
    private static final long LONGEST_GAP = 60 * 86_400;

    private WindowStateCodec() {}

    static Checkpoint checkpoint(WindowState state) {
        LastScan last = state.lastScan();
        String text = "version=" + VERSION + " floor=" + state.floor() + " unknown_below=" + state.unknownBelow()
                + " complete=" + state.completedAt() + " swept=" + state.sweptAt() + " lag=" + state.lag()
                + " look=" + last.recorder() + " ours=" + last.bridge() + " gaps=" + text(state.gaps());
        return new Checkpoint(text, state.seen());
    }

    private static String text(Gaps gaps) {
        StringJoiner text = new StringJoiner(",");
        gaps.ranges().forEach(range -> text.add(range.first() + ".." + range.last()));
        return text.toString();
    }

    /** Writes what was heard of a stream of which nothing was read. */
    static Checkpoint heardOnly(SeenRows heard) {
        return new Checkpoint(HEARD_ONLY, heard);
    }

    /** Whether nothing was read of a stream, so that its checkpoint holds only what was heard. */
    static boolean isHeardOnly(Checkpoint checkpoint) {
        return checkpoint.position().equals(HEARD_ONLY);
    }

    /** Reads the state after a restart; returns nothing if the position is damaged or of another version. */
    static Optional<WindowState> read(Checkpoint checkpoint) {
        try {
            return Optional.of(state(words(checkpoint.position()), checkpoint.seen()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static WindowState state(Map<String, String> words, SeenRows seen) {
        return new WindowState(
                seconds(words, "floor"),
                Long.parseLong(word(words, "unknown_below")),
                seconds(words, "complete"),
                seconds(words, "swept"),
                lag(words),
                gaps(word(words, "gaps")),
                new LastScan(seconds(words, "look"), seconds(words, "ours"), OptionalLong.empty()),
                seen);
    }

    private static Map<String, String> words(String position) {
        Map<String, String> words = new HashMap<>();
        for (String word : position.split(" ", FIELDS + 1)) {
            String[] parts = word.split("=", 2);
            require(parts.length == 2);
            words.put(parts[0], parts[1]);
        }
        require(words.size() == FIELDS && word(words, "version").equals(VERSION));
        return words;
    }

    private static String word(Map<String, String> words, String key) {
        String value = words.get(key);
        require(value != null);
        return value;
    }

    private static long seconds(Map<String, String> words, String key) {
        return seconds(word(words, key));
    }

    private static long seconds(String text) {
        long seconds = Long.parseLong(text);
        require(seconds >= -MAX_SECONDS && seconds <= MAX_SECONDS);
        return seconds;
    }

    private static long lag(Map<String, String> words) {
        long lag = seconds(words, "lag");
        require(lag >= 0);
        return lag;
    }

    private static Gaps gaps(String text) {
        List<Gaps.Range> ranges = new ArrayList<>();
        for (String range : text.isEmpty() ? new String[0] : text.split(",", Gaps.MAX_RANGES + 1)) {
            String[] ends = range.split("\\.\\.", 2);
            require(ends.length == 2);
            ranges.add(new Gaps.Range(seconds(ends[0]), seconds(ends[1])));
            require(ranges.get(ranges.size() - 1).seconds() <= LONGEST_GAP);
        }
        return new Gaps(ranges);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("Not a position");
        }
    }
}
