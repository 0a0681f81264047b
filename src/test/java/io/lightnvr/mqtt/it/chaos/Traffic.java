package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the cameras see, from a seed: quiet and busy times of each stream, frames with a few things, bursts, identical
 * rows, rows that are written up to 30 s late. Pure: a second is the same whenever and however often it is asked for.
 */
final class Traffic {

    /** Names as old recorders hold them; the last one is mostly quiet. */
    static final List<String> STREAMS = List.of(
            "front_door",
            "Back Yard",
            "cam.1",
            "cam_1",
            "cam 1",
            "前門",
            "a/b+c",
            "Tür",
            "gate",
            "garage-2",
            "street",
            "quiet");

    /** As late as the recorder may write a row, in seconds. */
    static final int LATEST = 30;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int MOOD_SECONDS = 8;
    private static final List<String> LABELS = List.of("person", "car", "cat", "Tür \"#1\"", "motion");
    private static final float[] CONFIDENCES = {0.5f, 0.87f, 0.92f};
    private static final float[] EDGES = {0.1f, 0.25f, 1 / 3f};

    private final long seed;

    Traffic(long seed) {
        this.seed = seed;
    }

    /**
     * A picture and when its rows are written.
     *
     * @param afterMillis when in its second it is taken
     * @param lateSeconds how long after that its rows are written, at most {@link #LATEST}
     * @param rows at least one, at most 20
     */
    record Frame(String stream, int afterMillis, int lateSeconds, List<SimulatedRow> rows) {}

    /**
     * The frames of a second.
     *
     * @param index how many seconds have passed since the beginning
     */
    List<Frame> second(long index) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < STREAMS.size(); i++) {
            SplittableRandom random = random(i, index);
            int most = isBusy(i, index) ? 3 : 1;
            int count = most == 3 || random.nextInt(20) == 0 ? random.nextInt(most + 1) : 0;
            for (int k = 0; k < count; k++) {
                frames.add(frame(STREAMS.get(i), random));
            }
        }
        return frames;
    }

    private boolean isBusy(int stream, long index) {
        boolean mostlyQuiet = stream == STREAMS.size() - 1;
        return random(-1 - stream, index / MOOD_SECONDS).nextInt(10) < (mostlyQuiet ? 1 : 6);
    }

    private static Frame frame(String stream, SplittableRandom random) {
        int size = random.nextInt(40) == 0 ? 12 + random.nextInt(9) : 1 + random.nextInt(4);
        List<SimulatedRow> rows = new ArrayList<>();
        while (rows.size() < size) {
            boolean again = !rows.isEmpty() && random.nextInt(6) == 0;
            rows.add(again ? rows.get(rows.size() - 1) : row(random));
        }
        return new Frame(stream, random.nextInt(1_000), late(random), Collections.unmodifiableList(rows));
    }

    private static int late(SplittableRandom random) {
        return switch (random.nextInt(24)) {
            case 0 -> 1 + random.nextInt(LATEST);
            case 1 -> 3;
            default -> 0;
        };
    }

    private static SimulatedRow row(SplittableRandom random) {
        return new SimulatedRow(
                LABELS.get(random.nextInt(LABELS.size())),
                CONFIDENCES[random.nextInt(CONFIDENCES.length)],
                EDGES[random.nextInt(EDGES.length)],
                EDGES[random.nextInt(EDGES.length)],
                0.2f,
                0.4f);
    }

    private SplittableRandom random(int stream, long index) {
        return new SplittableRandom((seed * GOLDEN + stream) * GOLDEN + index);
    }
}
