package io.lightnvr.mqtt.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The last lines of the log. Thread-safe. */
public final class LogLines {

    /** How many are kept. */
    public static final int MOST = 100;

    private final Deque<Line> lines = new ArrayDeque<>();
    private final List<Consumer<Line>> followers = new CopyOnWriteArrayList<>();

    /**
     * One line.
     *
     * @param at its time, as the log prints it
     * @param level such as {@code WARN}; empty of a line that continues another
     */
    public record Line(String at, String level, String text) {}

    /** @param follower takes each new line at once, on the thread that logs, which it must not hold up; it must not log */
    public void follow(Consumer<Line> follower) {
        followers.add(follower);
    }

    /** Adds a line; the oldest goes. */
    public void add(Line line) {
        synchronized (this) {
            lines.add(line);
            if (lines.size() > MOST) {
                lines.remove();
            }
        }
        followers.forEach(follower -> follower.accept(line));
    }

    /** The lines, the oldest first. */
    public synchronized List<Line> last() {
        return List.copyOf(lines);
    }
}
