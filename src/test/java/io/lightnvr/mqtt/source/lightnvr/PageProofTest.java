package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageProofTest {

    private static final Row NEWS = row(30, "news");

    @Test
    void holdsWhereTwoKnownRowsOfDifferentSecondsFollow() {
        assertThat(holds(List.of(row(20, "b"), row(10, "a")), NEWS, row(20, "b"), row(10, "a")))
                .isTrue();
    }

    @Test
    void doesNotHoldWhereTheTimestampsBelongToTheRowsBefore() {
        List<Row> known = List.of(row(20, "b"), row(10, "a"));

        assertThat(holds(known, row(40, "news"), row(30, "b"), row(20, "a"))).isFalse();
    }

    @Test
    void doesNotHoldWhereOnlyOneRowIsKnown() {
        assertThat(holds(List.of(row(20, "a")), NEWS, row(20, "a"))).isFalse();
    }

    @Test
    void doesNotHoldWhereTheKnownRowsAreOfOneSecond() {
        assertThat(holds(List.of(row(20, "a"), row(20, "b")), NEWS, row(20, "b"), row(20, "a")))
                .isFalse();
    }

    @Test
    void doesNotHoldWhereAKnownRowLooksLikeAnother() {
        List<Row> known = List.of(row(20, "b"), row(10, "a"));

        assertThat(holds(known, row(30, "b"), row(20, "b"), row(10, "a"))).isFalse();
        assertThat(holds(List.of(row(20, "b"), row(20, "b"), row(10, "a")), NEWS, row(20, "b"), row(10, "a")))
                .isFalse();
    }

    @Test
    void doesNotHoldForWhatIsNewBelow() {
        List<Row> known = List.of(row(20, "b"), row(10, "a"));

        assertThat(holds(known, row(20, "b"), row(10, "a"), row(5, "late"))).isFalse();
    }

    @Test
    void doesNotHoldWhereTheSecondMayGoOnBehindTheEndOfAFullPage() {
        List<Row> many = IntStream.range(0, Page.FULL - 2)
                .mapToObj(i -> row(100 - i, "new " + i))
                .toList();
        Row[] page = Stream.concat(many.stream(), Stream.of(row(20, "b"), row(10, "a")))
                .toArray(Row[]::new);

        assertThat(holds(List.of(row(20, "b"), row(10, "a")), page)).isFalse();
    }

    private static boolean holds(List<Row> known, Row... rows) {
        SeenRows seen = SeenRows.NONE.plus(known.stream().map(Row::mark).toList());
        List<Mark> unknown = Stream.of(rows)
                .map(Row::mark)
                .filter(mark ->
                        Stream.of(rows).map(Row::mark).filter(mark::equals).count() > seen.count(mark))
                .toList();
        return PageProof.holds(new Page(List.of(rows)), unknown, seen);
    }

    private static Row row(long second, String label) {
        return Row.of(second, ModelRecorder.content(label));
    }
}
