package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.source.Agreement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorbellTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long BEGIN = Long.MAX_VALUE - 5 * SECOND;

    private final Doorbell bell = new Doorbell();

    @Test
    void confirmsWhatAPollFindsAfterTheRing() {
        bell.ring(BEGIN);
        bell.found(2, BEGIN + SECOND);

        assertThat(bell.take(BEGIN + SECOND)).isEqualTo(new Agreement(2, 0, 0));
        assertThat(bell.take(BEGIN + SECOND)).isEqualTo(Agreement.NOTHING);
    }

    @Test
    void confirmsWhatAPollHasFoundBeforeALateRing() {
        bell.found(1, BEGIN);
        assertThat(bell.take(BEGIN + 11 * SECOND)).isEqualTo(Agreement.NOTHING);

        bell.ring(BEGIN + 11 * SECOND);

        assertThat(bell.take(BEGIN + 13 * SECOND)).isEqualTo(new Agreement(1, 0, 0));
    }

    @Test
    void hasMissedWhatItDoesNotRingFor() {
        bell.found(3, BEGIN);
        bell.found(0, BEGIN + SECOND);

        assertThat(bell.take(BEGIN + 12 * SECOND)).isEqualTo(new Agreement(0, 3, 0));
        assertThat(bell.take(BEGIN + 13 * SECOND)).isEqualTo(Agreement.NOTHING);
    }

    @Test
    void isUsedForADayAfterARing() {
        assertThat(bell.isUsed(BEGIN)).isFalse();
        bell.ring(BEGIN);

        assertThat(bell.isUsed(BEGIN + 86_399 * SECOND)).isTrue();
        assertThat(bell.isUsed(BEGIN + 86_400 * SECOND)).isFalse();
    }
}
