package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;

/**
 * A line of the ledger: a row and how it came into the recorder.
 *
 * @param at when it was written, by the right time, in epoch milliseconds
 * @param clockThen by how many seconds the recorder's clock was ahead when the picture was taken
 * @param clockNow and when the row was written
 */
record Filed(long at, long clockThen, long clockNow, Sighted sighted) {

    private static final int FIELDS = 11;

    /** The line, without its end. Neither names nor labels may hold tabs or line breaks. */
    String line() {
        SimulatedRow row = sighted.row();
        return String.join(
                "\t",
                Long.toString(at),
                Long.toString(clockThen),
                Long.toString(clockNow),
                Long.toString(sighted.second()),
                sighted.stream(),
                Float.toString(row.confidence()),
                Float.toString(row.x()),
                Float.toString(row.y()),
                Float.toString(row.width()),
                Float.toString(row.height()),
                row.label());
    }

    static Filed of(String line) {
        String[] field = line.split("\t", FIELDS);
        SimulatedRow row = new SimulatedRow(
                field[10], number(field[5]), number(field[6]), number(field[7]), number(field[8]), number(field[9]));
        Sighted sighted = new Sighted(field[4], Long.parseLong(field[3]), row);
        return new Filed(Long.parseLong(field[0]), Long.parseLong(field[1]), Long.parseLong(field[2]), sighted);
    }

    private static float number(String text) {
        return Float.parseFloat(text);
    }
}
