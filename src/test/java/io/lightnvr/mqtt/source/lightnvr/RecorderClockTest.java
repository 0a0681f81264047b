package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecorderClockTest {

    /** Of the captured health answer: 2026-11-22 13:15:13 beside a frame at 13:15:13 UTC. */
    private static final long FRAME = 1_795_353_313L;

    private final RecorderClock clock = new RecorderClock();

    @Test
    void isNotKnownBeforeAHealthAnswer() {
        clock.observe(reading(FRAME, 3_600, 0));

        assertThat(clock.needsHealth()).isTrue();
        assertThat(clock.isKnown()).isFalse();
        assertThatThrownBy(() -> clock.now(Instant.EPOCH, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The recorder's clock is not known yet");
    }

    @Test
    void knowsTheZoneFromTheNewestFrame() {
        clock.health(reading(FRAME + 2, 5 * 3_600 + 2_700, 0), OptionalLong.of(FRAME), Instant.EPOCH);

        assertThat(second(0)).isEqualTo(FRAME + 2);
        assertThat(second(90)).isEqualTo(FRAME + 92);
    }

    @Test
    void knowsZonesWestOfGreenwichThoughTheFrameIsMinutesOld() {
        clock.health(reading(FRAME + 400, -12_600, 0), OptionalLong.of(FRAME), Instant.EPOCH);

        assertThat(second(0)).isEqualTo(FRAME + 400);
    }

    @Test
    void takesTheZoneNearestToOurClockWithoutRunningStreams() {
        clock.health(reading(FRAME, 7_200, 0), OptionalLong.empty(), Instant.ofEpochSecond(FRAME + 300));

        assertThat(second(0)).isEqualTo(FRAME);
    }

    @Test
    void keepsTheZoneWhenAllStreamsStopThoughOurClocksDiffer() {
        clock.health(reading(FRAME, 7_200, 0), OptionalLong.of(FRAME), Instant.ofEpochSecond(FRAME + 5_000));

        clock.health(reading(FRAME + 60, 7_200, 60), OptionalLong.empty(), Instant.ofEpochSecond(FRAME + 5_060));

        assertThat(second(60)).isEqualTo(FRAME + 60);
    }

    @Test
    void believesTheRecorderWhereOurClockIsInAnotherYear() {
        clock.health(reading(FRAME, 0, 0), OptionalLong.empty(), Instant.EPOCH);

        assertThat(second(0)).isEqualTo(FRAME);
    }

    @Test
    void followsAClockThatGoesTo1970ThoughNoStreamRuns() {
        clock.health(reading(FRAME, 7_200, 0), OptionalLong.of(FRAME), Instant.EPOCH);

        clock.health(reading(20, 7_200, 60), OptionalLong.empty(), Instant.EPOCH);

        assertThat(second(60)).isEqualTo(20);
    }

    @Test
    void followsADriftingClock() {
        known();

        clock.observe(reading(FRAME + 105, 0, 100));

        assertThat(clock.needsHealth()).isFalse();
        assertThat(second(100)).isEqualTo(FRAME + 105);
    }

    @Test
    void isNotMisledByASlowAnswer() {
        known();

        clock.observe(new RecorderClock.Reading(local(FRAME + 10, 0), nanos(10), nanos(19)));

        assertThat(second(20)).isEqualTo(FRAME + 20);
    }

    @Test
    void worksWhereItsLeadOverTheMonotonicClockOverflows() {
        long start = nanos(FRAME) - Long.MIN_VALUE - nanos(1);
        clock.health(new RecorderClock.Reading(local(FRAME, 0), start, start), OptionalLong.of(FRAME), Instant.EPOCH);

        clock.observe(new RecorderClock.Reading(local(FRAME + 10, 0), start + nanos(10), start + nanos(19)));

        assertThat(clock.needsHealth()).isFalse();
        assertThat(clock.now(Instant.EPOCH, start + nanos(20)).recorder()).isEqualTo(FRAME + 20);
    }

    @Test
    void doesNotBelieveAJumpBeforeAHealthAnswerExplainsIt() {
        known();

        clock.observe(reading(FRAME + 3_610, 0, 10));

        assertThat(clock.needsHealth()).isTrue();
        assertThat(clock.now(Instant.EPOCH, nanos(10)))
                .isEqualTo(new PollTime(FRAME + 10, false, Instant.EPOCH, nanos(10)));
    }

    @Test
    void goesOnThroughTheBeginOfSummerTime() {
        known();
        clock.observe(reading(FRAME + 10, 3_600, 10));

        clock.health(reading(FRAME + 10, 3_600, 10), OptionalLong.of(FRAME + 9), Instant.EPOCH);

        assertThat(clock.now(Instant.EPOCH, nanos(11)))
                .isEqualTo(new PollTime(FRAME + 11, true, Instant.EPOCH, nanos(11)));
    }

    @Test
    void followsAClockThatWasSetBackOnceAFrameProvesIt() {
        known();
        clock.observe(reading(FRAME - 3_590, 0, 10));

        clock.health(reading(FRAME - 3_590, 0, 10), OptionalLong.of(FRAME - 3_590), Instant.EPOCH);

        assertThat(second(10)).isEqualTo(FRAME - 3_590);
        assertThat(clock.needsHealth()).isFalse();
    }

    private void known() {
        clock.health(reading(FRAME, 0, 0), OptionalLong.of(FRAME), Instant.EPOCH);
    }

    private long second(long atSecond) {
        return clock.now(Instant.EPOCH, nanos(atSecond)).recorder();
    }

    private static RecorderClock.Reading reading(long epochSecond, int zoneSeconds, long atSecond) {
        return new RecorderClock.Reading(local(epochSecond, zoneSeconds), nanos(atSecond), nanos(atSecond));
    }

    private static LocalDateTime local(long epochSecond, int zoneSeconds) {
        return LocalDateTime.ofEpochSecond(epochSecond + zoneSeconds, 0, ZoneOffset.UTC);
    }

    private static long nanos(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
