package io.lightnvr.mqtt.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeenRowsTest {

    @Test
    void countsLikeAListWhateverIsAddedAndTakenAway() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<Mark> model = new ArrayList<>();
            SeenRows rows = SeenRows.NONE;
            for (int i = 0; i < 10; i++) {
                List<Mark> added = some(random);
                model.addAll(added);
                rows = rows.plus(added);
                long from = random.nextInt(8);
                model.removeIf(mark -> mark.second() >= from && mark.second() < from + 1);
                rows = rows.without(from, from + 1);
                assertThat(counts(rows)).isEqualTo(counts(model));
                assertThat(rows.size()).isEqualTo(model.size());
            }
        }
    }

    @Test
    void knowsHowManyAreUpToASecond() {
        SeenRows rows = SeenRows.NONE.plus(List.of(new Mark(5, 1), new Mark(3, -1), new Mark(5, 1), new Mark(9, 0)));

        assertThat(rows.countUpTo(2)).isZero();
        assertThat(rows.countUpTo(5)).isEqualTo(3);
        assertThat(rows.countUpTo(9)).isEqualTo(4);
        assertThat(rows.secondAt(3)).isEqualTo(9);
    }

    @Test
    void takesBoundsThatEverySecondLiesBetween() {
        SeenRows rows = SeenRows.NONE.plus(List.of(new Mark(-5, 1), new Mark(3, -1)));

        assertThat(rows.countUpTo(Long.MAX_VALUE)).isEqualTo(2);
        assertThat(rows.countUpTo(Long.MIN_VALUE)).isZero();
        assertThat(rows.without(Long.MIN_VALUE, 3)).isEqualTo(SeenRows.NONE.plus(List.of(new Mark(3, -1))));
        assertThat(rows.bytes(Long.MIN_VALUE, Long.MAX_VALUE)).hasSize(32);
    }

    @Test
    void tellsWhatIsInItMoreOftenThanInAnother() {
        SeenRows rows = SeenRows.NONE.plus(
                List.of(new Mark(1, 1), new Mark(5, 2), new Mark(5, 2), new Mark(5, 2), new Mark(7, -3)));
        SeenRows other = SeenRows.NONE.plus(
                List.of(new Mark(0, 9), new Mark(1, 1), new Mark(5, 2), new Mark(6, 0), new Mark(8, 0)));

        assertThat(rows.minus(other)).containsExactly(new Mark(5, 2), new Mark(5, 2), new Mark(7, -3));
        assertThat(other.minus(rows)).containsExactly(new Mark(0, 9), new Mark(6, 0), new Mark(8, 0));
        assertThat(rows.minus(rows)).isEmpty();
        assertThat(SeenRows.NONE.minus(rows)).isEmpty();
        assertThat(SeenRows.NONE.plus(rows.minus(SeenRows.NONE))).isEqualTo(rows);
    }

    @Test
    void comesBackFromItsDifferences() {
        Random random = new Random(11);
        for (int round = 0; round < 500; round++) {
            SeenRows from = SeenRows.NONE.plus(some(random));
            SeenRows to = SeenRows.NONE.plus(some(random));

            List<Mark> common = new ArrayList<>(from.minus(SeenRows.NONE));
            from.minus(to).forEach(common::remove);

            assertThat(SeenRows.NONE.plus(common).plus(to.minus(from))).isEqualTo(to);
        }
    }

    @Test
    void isAValue() {
        SeenRows rows = SeenRows.NONE.plus(List.of(new Mark(1, 2), new Mark(3, 4)));

        assertThat(rows).isEqualTo(SeenRows.NONE.plus(List.of(new Mark(3, 4))).plus(List.of(new Mark(1, 2))));
        assertThat(rows.without(7, 9)).isSameAs(rows);
        assertThat(rows.hashCode()).isNotEqualTo(SeenRows.NONE.hashCode());
    }

    private static List<Mark> some(Random random) {
        return random.ints(random.nextInt(20), 0, 12)
                .mapToObj(n -> new Mark(n % 6, n - 6))
                .toList();
    }

    private static List<Integer> counts(SeenRows rows) {
        return marks().map(rows::count).toList();
    }

    private static List<Integer> counts(List<Mark> rows) {
        return marks().map(mark -> (int) rows.stream().filter(mark::equals).count())
                .toList();
    }

    private static Stream<Mark> marks() {
        return IntStream.range(0, 12).mapToObj(n -> new Mark(n % 6, n - 6));
    }
}
