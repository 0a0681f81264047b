package io.lightnvr.mqtt.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisitMemoryCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:30:00Z");
    static final VisitMemory MEMORY = new VisitMemory(
            StreamVisits.NONE,
            Alerts.ON
                    .snoozed(NOW.plusSeconds(60))
                    .paused(Duration.ofMinutes(5))
                    .decided("first", "person", Duration.ZERO, NOW)
                    .switched(true)
                    .decided("second", "vehicle", Duration.ZERO, NOW)
                    .snoozed(NOW.plusSeconds(60)),
            AwaitedClips.NONE.and(AwaitedClipsTest.end("first", 100), true, NOW));

    @Test
    void readsWhatItWrote() {
        assertThat(VisitMemoryCodec.read(VisitMemoryCodec.write(MEMORY))).contains(MEMORY);
        assertThat(VisitMemoryCodec.read(VisitMemoryCodec.write(VisitMemory.NONE)))
                .contains(VisitMemory.NONE);
    }

    @Test
    void readsNothingOfAnotherVersionOrOfHalf() {
        byte[] bytes = VisitMemoryCodec.write(MEMORY);
        byte[] other = bytes.clone();
        other[0]++;

        assertThat(VisitMemoryCodec.read(other)).isEmpty();
        assertThat(VisitMemoryCodec.read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isEmpty();
        assertThat(VisitMemoryCodec.read(new byte[0])).isEmpty();
    }

    @Test
    void bearsAnyBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = VisitMemoryCodec.write(MEMORY);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

            VisitMemoryCodec.read(bytes);
        }
    }
}
