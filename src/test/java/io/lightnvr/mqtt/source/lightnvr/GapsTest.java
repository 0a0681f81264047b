package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.source.lightnvr.Gaps.Range;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GapsTest {

    @Test
    void holdsTheSecondsOfItsRangesWhateverIsAddedAndCutOff() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            BitSet model = new BitSet();
            Gaps gaps = Gaps.NONE;
            for (int i = 0; i < 8; i++) {
                int first = random.nextInt(60);
                int last = first + random.nextInt(12) - 2;
                gaps = gaps.with(first, last);
                model.set(first, Math.max(first, last + 1));
                int oldest = random.nextInt(10);
                gaps = gaps.withoutBefore(oldest);
                model.clear(0, oldest);
            }

            BitSet seconds = new BitSet();
            gaps.ranges().forEach(range -> seconds.set((int) range.first(), (int) range.last() + 1));
            assertThat(seconds).isEqualTo(model);
        }
    }

    @Test
    void joinsRangesThatTouch() {
        Gaps gaps = Gaps.NONE.with(10, 19).with(30, 39).with(20, 29);

        assertThat(gaps.ranges()).containsExactly(new Range(10, 39));
    }

    @Test
    void givesUpTheOldestOfTooManyRanges() {
        Gaps gaps = Gaps.NONE;
        for (int i = 0; i < 20; i++) {
            gaps = gaps.with(i * 10, i * 10);
        }

        assertThat(gaps.ranges()).hasSize(Gaps.MAX_RANGES);
        assertThat(gaps.ranges().get(0)).isEqualTo(new Range(40, 40));
    }

    @Test
    void goesThroughItsRangesSliceBySlice() {
        Gaps gaps = Gaps.NONE.with(0, 129).with(500, 500);

        assertThat(gaps.slice()).isEqualTo(new Range(0, 59));
        Gaps second = gaps.withoutSlice(false);
        assertThat(second.slice()).isEqualTo(new Range(60, 119));
        assertThat(second.withoutSlice(true).slice()).isEqualTo(new Range(120, 129));
        Gaps last = second.withoutSlice(true).withoutSlice(false);
        assertThat(last.slice()).isEqualTo(new Range(500, 500));
        assertThat(last.withoutSlice(false).isEmpty()).isTrue();
    }

    @Test
    void makesSlicesLongerWhereLittleIsSeenAndShorterWhereMuchIs() {
        Gaps gaps = Gaps.NONE.with(0, 10_000_000);
        assertThat(gaps.canBeShortened()).isFalse();
        for (int i = 0; i < 20; i++) {
            gaps = gaps.withoutSlice(true);
        }

        assertThat(gaps.slice().seconds()).isEqualTo(86_400);
        assertThat(gaps.canBeShortened()).isTrue();
        assertThat(gaps.shortened().slice().seconds()).isEqualTo(21_600);
        assertThat(gaps.shortened()
                        .shortened()
                        .shortened()
                        .shortened()
                        .shortened()
                        .shortened()
                        .slice()
                        .seconds())
                .isEqualTo(60);
    }

    @Test
    void refusesRangesThatAreNoneOrOutOfOrder() {
        assertThatThrownBy(() -> new Range(5, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A range from 5 must not end at 4");
        List<Range> touching = List.of(new Range(1, 2), new Range(3, 4));
        assertThatThrownBy(() -> new Gaps(touching))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Ranges must be in order and apart");
    }
}
