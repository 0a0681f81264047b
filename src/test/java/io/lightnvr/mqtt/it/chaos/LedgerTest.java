package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.CAR;
import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static io.lightnvr.mqtt.it.chaos.Talk.sighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final long TO_1970 = -1_706_745_600;
    private static final Sighted ROW = sighted(7, PERSON);

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() throws IOException {
        Filed odd = new Filed(
                9, 0, -3_600, new Sighted("cam 1", 8, new SimulatedRow("Tür \"#1\"", 1 / 3f, 0, 1e-7f, 0.2f, 1)));
        Path file = folder.resolve("rows.tsv");
        try (LedgerWriter writer = LedgerWriter.open(file)) {
            writer.begun(5);
            writer.rows(List.of(filed(6, ROW), filed(6, ROW)));
            writer.step(new Ledger.Step(8, -3_600));
            writer.rows(List.of(odd));
        }

        Ledger ledger = Ledger.read(file);

        assertThat(ledger)
                .isEqualTo(new Ledger(
                        OptionalLong.of(5),
                        List.of(new Ledger.Step(8, -3_600)),
                        List.of(filed(6, ROW), filed(6, ROW), odd)));
        assertThat(ledger.ahead()).isEqualTo(-3_600);
    }

    @Test
    void goesOnWhereAKillLeftHalfALine() throws IOException {
        Path file = folder.resolve("rows.tsv");
        try (LedgerWriter writer = LedgerWriter.open(file)) {
            writer.rows(List.of(filed(6, ROW)));
        }
        Files.writeString(file, "row\t7\t0\t0\t8\tfront", StandardOpenOption.APPEND);

        assertThat(Ledger.read(file).shown()).containsExactly(ROW);
        try (LedgerWriter writer = LedgerWriter.open(file)) {
            writer.rows(List.of(filed(8, sighted(8, CAR))));
        }
        assertThat(Ledger.read(file).shown()).containsExactly(ROW, sighted(8, CAR));
    }

    @Test
    void owesEveryRowWhereTheClockIsRight() {
        assertThat(ledger(List.of(), filed(6_000, ROW)).owed()).containsExactly(ROW);
    }

    @Test
    void owesRowsWithAWrongSecondToo() {
        Ledger ledger = ledger(
                List.of(new Ledger.Step(10_000, TO_1970), new Ledger.Step(60_000, 0)),
                new Filed(11_000, TO_1970, TO_1970, ROW),
                new Filed(44_000, TO_1970, TO_1970, sighted(8, CAR)));

        assertThat(ledger.owed()).containsExactly(ROW, sighted(8, CAR));
    }

    @Test
    void doesNotOweALateRowOfAClockThatIsNoMore() {
        Ledger ledger = ledger(List.of(new Ledger.Step(10_000, 3_600)), new Filed(11_000, 0, 3_600, ROW));

        assertThat(ledger.owed()).isEmpty();
        assertThat(ledger.shown()).containsExactly(ROW);
    }

    @Test
    void doesNotOweTheLastRowsOf1970() {
        Ledger ledger = ledger(
                List.of(new Ledger.Step(10_000, TO_1970), new Ledger.Step(60_000, 0)),
                new Filed(46_000, TO_1970, TO_1970, ROW));

        assertThat(ledger.owed()).isEmpty();
    }

    @Test
    void owesTheRowsRightBeforeTheClockIsSetByAnHour() {
        assertThat(ledger(List.of(new Ledger.Step(10_000, 3_600)), filed(9_999, ROW))
                        .owed())
                .containsExactly(ROW);
        assertThat(ledger(List.of(new Ledger.Step(10_000, -3_600)), filed(9_999, ROW))
                        .owed())
                .containsExactly(ROW);
    }

    private static Filed filed(long at, Sighted row) {
        return new Filed(at, 0, 0, row);
    }

    private static Ledger ledger(List<Ledger.Step> steps, Filed... rows) {
        return new Ledger(OptionalLong.of(0), steps, List.of(rows));
    }
}
