package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import io.lightnvr.mqtt.source.lightnvr.ModelRecorder.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A window and a model of the recorder, driven by chance from a seed: bursts, identical rows, late rows, answers that
 * race with insertions, pauses, polls that fail, polls that are not taken
 * and restarts.
 */
final class RandomSchedule {

    private static final StreamName DOOR = new StreamName("door");
    private static final String[] LABELS = {"person", "car", "cat"};

    final Watcher watcher = new Watcher(Duration.ofHours(24));
    final ModelRecorder recorder = watcher.recorder;
    final Random random;
    final int mostPerSecond;

    /** How many different confidences rows have: few make many rows alike. */
    private final int confidences;

    int mostLateSeconds = 30;

    /** How many of the frames the recorder publishes no event of, 0 to 1. */
    double unpublished = 1;

    int missed;
    private long baselineFrom = Long.MAX_VALUE;
    private long baselineTo = Long.MAX_VALUE;
    private final Queue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atMillis));
    private final Map<Mark, TreeSet<Integer>> published = new HashMap<>();
    private int publishedRows;
    private Optional<Checkpoint> last = Optional.empty();
    private Optional<Checkpoint> kept = Optional.empty();
    private long keptMillis;

    private record Event(long atMillis, HeardFrame frame) {}

    RandomSchedule(long seed, int mostPerSecond) {
        this.random = new Random(seed);
        this.mostPerSecond = mostPerSecond;
        this.confidences = seed % 2 == 0 ? 2 : 10_000;
    }

    /** Time goes on, with insertions now and then. */
    void live(long millis, double insertionsPerSecond) {
        long until = watcher.nowMillis + millis;
        while (true) {
            long wait = (long) (-Math.log(1 - random.nextDouble()) / insertionsPerSecond * 1000) + 1;
            if (watcher.nowMillis + wait > until) {
                break;
            }
            watcher.nowMillis += wait;
            insertFrame();
        }
        watcher.nowMillis = until;
    }

    /** One transaction of the recorder. */
    void insertFrame() {
        long second = watcher.second() - late();
        List<Row.Content> contents = new ArrayList<>();
        int size = random.nextInt(12) == 0 ? mostPerSecond : 1 + random.nextInt(4);
        for (int i = 0; i < size && recorder.rowsIn(second) < mostPerSecond; i++) {
            String label = LABELS[random.nextInt(LABELS.length)];
            Row.Content content = ModelRecorder.content(label, 0.5f + random.nextInt(confidences) / 2f / confidences);
            recorder.insert(second, content, watcher.nowMillis);
            contents.add(content);
        }
        if (!contents.isEmpty() && random.nextDouble() >= unpublished) {
            publish(new HeardFrame(DOOR, Optional.empty(), second, random.nextLong(), contents, 0));
        }
    }

    /** The recorder publishes a frame: at least once, soon or late. */
    private void publish(HeardFrame frame) {
        do {
            long delay = random.nextInt(4) == 0 ? random.nextInt(90_000) : random.nextInt(20);
            events.add(new Event(watcher.nowMillis + delay, frame));
        } while (random.nextInt(6) == 0);
    }

    /** Hears the events that have come by now; a few of them come again, since the acknowledgement is lost. */
    void hear() {
        List<HeardFrame> due = new ArrayList<>();
        for (Event event = events.peek();
                event != null && event.atMillis() <= watcher.nowMillis;
                event = events.peek()) {
            due.add(events.remove().frame());
        }
        while (!due.isEmpty()) {
            List<HeardFrame> batch = due.subList(0, 1 + random.nextInt(due.size()));
            HeardResult result = watcher.window.hear(batch, watcher.moment());
            keep(Optional.of(watcher.window.checkpoint(result)));
            watcher.window.commit(result);
            result.heard().stream().filter(row -> !row.quiet()).forEach(this::published);
            if (random.nextInt(10) == 0) {
                batch.forEach(frame -> events.add(new Event(watcher.nowMillis + random.nextInt(5_000), frame)));
            }
            batch.clear();
        }
    }

    /** Polls until nothing more waits; now and then it fails half-way, or is not taken. */
    void poll(double failure) {
        boolean more = true;
        while (more) {
            long begun = watcher.nowMillis;
            WindowPoll poll = watcher.window.begin(watcher.moment());
            int queries = random.nextDouble() < failure ? random.nextInt(4) : Integer.MAX_VALUE;
            while (poll.nextEnd().isPresent() && queries-- > 0) {
                poll.page(answer(poll.nextEnd().getAsLong(), failure > 0));
                if (random.nextInt(3) == 0) {
                    hear();
                }
            }
            boolean taken = poll.nextEnd().isEmpty() && random.nextDouble() >= failure;
            more = taken && take(watcher.window.settle(poll.result()), begun);
        }
    }

    /** A restart: from the last checkpoint, or from the one that is kept where quiet ones are kept every 30 s only. */
    void restart() {
        (random.nextBoolean() ? last : kept).ifPresent(watcher::restart);
    }

    void keepLast() {
        kept = last;
        keptMillis = watcher.nowMillis;
    }

    Page answer(long end, boolean racing) {
        watcher.nowMillis += 1 + random.nextInt(3);
        return recorder.read(end, () -> {
            if (racing && random.nextInt(6) == 0) {
                insertFrame();
            }
        });
    }

    /** Whether a row that came in at this time must have been published. */
    boolean isDue(Stored row) {
        return row.insertedMillis() > baselineTo;
    }

    int publishedRows() {
        return publishedRows;
    }

    /** Rows that should have been published and were not, a few of them. */
    List<String> lost() {
        return differences((published, due, possible) -> published < due);
    }

    /** Rows that were published and should not have been, a few of them. */
    List<String> invented() {
        return differences((published, due, possible) -> published > possible);
    }

    private List<String> differences(Wrong wrong) {
        Map<Mark, int[]> expected =
                new TreeMap<>(Comparator.comparing(Mark::second).thenComparing(Mark::fingerprint));
        published.keySet().forEach(mark -> expected.put(mark, new int[2]));
        for (Stored row : recorder.rows()) {
            int[] counts = expected.computeIfAbsent(row.row().mark(), mark -> new int[2]);
            counts[0] += isDue(row) ? 1 : 0;
            counts[1] += row.insertedMillis() >= baselineFrom || unpublished < 1 ? 1 : 0;
        }
        return expected.entrySet().stream()
                .filter(entry -> wrong.is(count(entry.getKey()), entry.getValue()[0], entry.getValue()[1]))
                .map(entry -> entry.getKey() + ": " + count(entry.getKey()) + " of " + entry.getValue()[0])
                .limit(5)
                .toList();
    }

    private int count(Mark mark) {
        return published.getOrDefault(mark, new TreeSet<>()).size();
    }

    private interface Wrong {
        boolean is(int published, int due, int possible);
    }

    private boolean take(PollResult result, long begun) {
        keep(result.checkpoint());
        watcher.window.commit(result);
        if (result.before().isEmpty() && result.after().isPresent()) {
            baselineFrom = begun;
            baselineTo = watcher.nowMillis;
        }
        missed += result.crowded().size();
        result.rows().forEach(this::published);
        return result.more();
    }

    private void published(NewRow found) {
        publishedRows++;
        if (!published.computeIfAbsent(found.mark(), mark -> new TreeSet<>()).add(found.occurrence())) {
            throw new AssertionError("Published twice: " + found);
        }
    }

    private void keep(Optional<Checkpoint> checkpoint) {
        last = checkpoint;
        boolean news = last.isPresent()
                && !last.get()
                        .seen()
                        .minus(kept.map(Checkpoint::seen).orElse(SeenRows.NONE))
                        .isEmpty();
        if (kept.isEmpty() || news || watcher.nowMillis - keptMillis >= 30_000) {
            keepLast();
        }
    }

    private int late() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(mostLateSeconds + 1);
            case 1 -> Math.min(3, mostLateSeconds);
            default -> 0;
        };
    }
}
