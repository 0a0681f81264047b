package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of rows into a recorder: first into the ledger, then where they can be asked for. No second of a stream gets
 * more rows than the recorder can show, so that all can be fetched. Used by one thread.
 */
final class Filing {

    /** No answer holds more, and more of one second cannot be fetched. */
    static final int MOST_IN_A_SECOND = 20;

    /** Recordings are short, and are finished some time after what they show, in seconds. */
    private static final int RECORDED_BEFORE = 15;

    private static final int FINISHED_BEFORE = 10;

    private final SimulatedRecorder recorder;
    private final LedgerWriter ledger;
    private final Map<Place, Integer> counts = new HashMap<>();
    private long ahead;

    private record Place(String stream, long second) {}

    /** @param past what the ledger held when it was opened; the recorder is given it */
    Filing(SimulatedRecorder recorder, LedgerWriter ledger, Ledger past) {
        this.recorder = recorder;
        this.ledger = ledger;
        setClock(past.ahead());
        past.rows()
                .forEach(row -> insert(
                        row.sighted().stream(),
                        row.sighted().second(),
                        List.of(row.sighted().row())));
    }

    /** By how many seconds the recorder's clock is ahead of the right time. */
    long ahead() {
        return ahead;
    }

    /** What the recorder takes for the time, in epoch seconds. */
    long second() {
        return recorder.clock().second();
    }

    /** Sets the recorder's clock. */
    void step(long at, long secondsAhead) {
        ledger.step(new Ledger.Step(at, secondsAhead));
        setClock(secondsAhead);
    }

    /**
     * Files a frame, or as much of it as there is room for.
     *
     * @param at now, by the right time, in epoch milliseconds
     * @param second when the picture was taken, on the recorder's clock as it was
     * @param clockThen how far ahead that was
     */
    void file(long at, String stream, long second, long clockThen, List<SimulatedRow> rows) {
        int room = MOST_IN_A_SECOND - counts.getOrDefault(new Place(stream, second), 0);
        List<SimulatedRow> fitting = rows.subList(0, Math.min(room, rows.size()));
        if (!fitting.isEmpty()) {
            ledger.rows(fitting.stream()
                    .map(row -> new Filed(at, clockThen, ahead, new Sighted(stream, second, row)))
                    .toList());
            insert(stream, second, fitting);
        }
    }

    private void setClock(long secondsAhead) {
        ahead = secondsAhead;
        recorder.clock().setOffset(Duration.ofSeconds(secondsAhead));
    }

    private void insert(String stream, long second, List<SimulatedRow> rows) {
        counts.merge(new Place(stream, second), rows.size(), Integer::sum);
        StreamName name = new StreamName(stream);
        recorder.rows().insertFrame(name, second, rows.toArray(SimulatedRow[]::new));
        recorder.finishRecording(name, second - RECORDED_BEFORE, second - FINISHED_BEFORE);
    }
}
