package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastScanTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1400, 1", "1500, 2", "604800000, 604800", "-5000, 0"})
    void goesByTheMonotonicClockWhateverTheOthersSay(long millis, long expected) {
        LastScan look = LastScan.at(new PollTime(1_000, true, Instant.ofEpochSecond(2_000), -7));

        long elapsed = TimeUnit.MILLISECONDS.toNanos(millis);

        assertThat(look.secondsTo(new PollTime(9, true, Instant.EPOCH, elapsed - 7)))
                .isEqualTo(expected);
        assertThat(look.isBeforeRestart()).isFalse();
    }

    /** By how much the recorder's clock and ours went on over a restart, and how much of that is believed. */
    @ParameterizedTest
    @CsvSource({
        "10, 10, 10",
        "10, -1800000000, 0",
        "10, 1000000000, 86410",
        "604800, 604800, 604800",
        "604800, 608400, 608400",
        "-3600, 10, 10",
        "-3600, -10, 0",
        "-3600, 1000000000, 86400",
        "-1799999000, 604800, 86400"
    })
    void believesOurClockToADayMoreThanTheRecordersAfterARestart(long recorder, long ours, long expected) {
        LastScan look = new LastScan(1_800_000_000, 1_800_000_000, OptionalLong.empty());

        PollTime now = new PollTime(1_800_000_000 + recorder, true, Instant.ofEpochSecond(1_800_000_000 + ours), 5);

        assertThat(look.secondsTo(now)).isEqualTo(expected);
        assertThat(look.isBeforeRestart()).isTrue();
    }
}
