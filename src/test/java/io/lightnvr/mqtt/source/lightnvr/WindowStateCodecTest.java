package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowStateCodecTest {

    private static final SeenRows SEEN = SeenRows.NONE.plus(List.of(new Mark(1_000, -1), new Mark(1_000, -1)));
    private static final String TEXT = "version=1 floor=900 unknown_below=-9223372036854775808 complete=1000 swept=950"
            + " lag=3600 look=1001 ours=-5 gaps=10..20,30..30";

    @Test
    void isTheStateInWords() {
        WindowState state = new WindowState(
                900,
                Long.MIN_VALUE,
                1_000,
                950,
                3_600,
                Gaps.NONE.with(10, 20).with(30, 30),
                new LastScan(1_001, -5, OptionalLong.of(77)),
                SEEN);

        Checkpoint checkpoint = WindowStateCodec.checkpoint(state);

        assertThat(checkpoint.position()).isEqualTo(TEXT);
        assertThat(checkpoint.seen()).isSameAs(SEEN);
    }

    @Test
    void isReadAgainAllButTheMonotonicClock() {
        WindowState state = WindowStateCodec.read(new Checkpoint(TEXT, SEEN)).orElseThrow();

        assertThat(state.lastScan()).isEqualTo(new LastScan(1_001, -5, OptionalLong.empty()));
        assertThat(WindowStateCodec.checkpoint(state)).isEqualTo(new Checkpoint(TEXT, SEEN));
    }

    @Test
    void mayHaveNoGaps() {
        String none = TEXT.replaceFirst("gaps=.*", "gaps=");

        assertThat(read(none)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "version=1",
                "version=2 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=",
                "version=1 floor=900 floor=901 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps= more=1",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps",
                "version=1 floor=9e2 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=",
                "version=1 floor= unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=9999999999999 ours=5 gaps=",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=-1 look=1001 ours=5 gaps=",
                "version=1 floor=-9223372036854775808 unknown_below=0 complete=1 swept=9 lag=0 look=1 ours=5 gaps=",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=7",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=7..6",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=7..8,",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=7..8,9..9",
                "version=1 floor=900 unknown_below=0 complete=1000 swept=950 lag=0 look=1001 ours=5 gaps=0..1800000000"
            })
    void isNothingWhereItCannotBeUnderstood(String position) {
        assertThat(read(position)).isFalse();
    }

    private static boolean read(String position) {
        return WindowStateCodec.read(new Checkpoint(position, SEEN)).isPresent();
    }
}
