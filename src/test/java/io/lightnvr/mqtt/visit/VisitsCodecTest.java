package io.lightnvr.mqtt.visit;

import static io.lightnvr.mqtt.visit.Stage.DRIVE;
import static io.lightnvr.mqtt.visit.Stage.STREET;
import static io.lightnvr.mqtt.visit.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class VisitsCodecTest {

    private static final int HEADER = 5;

    @Test
    void readsWhatWasWritten() {
        StreamVisits visits = visits();

        assertThat(visits.open()).isPresent();
        assertThat(visits.open().get().pending()).isTrue();
        assertThat(visits.standing().boxes()).hasSizeGreaterThan(1);
        assertThat(VisitsCodec.read(VisitsCodec.write(visits))).contains(visits);
    }

    @Test
    void keepsTheOrderOfLabelsAndZones() {
        Stage stage = new Stage();
        stage.sees(Stage.inZone(DRIVE, "zebra", 0.5f, "yard"));
        stage.sees(Stage.inZone(STREET, "ant", 0.5f, "attic"));

        VisitSoFar read = VisitsCodec.read(VisitsCodec.write(stage.visits))
                .orElseThrow()
                .open()
                .orElseThrow()
                .soFar();

        assertThat(read.labels().keySet()).containsExactly("zebra", "ant");
        assertThat(read.zones()).containsExactly("yard", "attic");
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(VisitsCodec.read(VisitsCodec.write(StreamVisits.NONE))).contains(StreamVisits.NONE);
        assertThat(VisitsCodec.read(new byte[0])).isEmpty();
    }

    @Test
    void bearsTextsOfAnyLengthAndFractionsOfTime() {
        Stage stage = new Stage();
        stage.now = Instant.ofEpochSecond(-86_400, 123_456_789);
        stage.sees(Stage.inZone(DRIVE, "ü".repeat(100_000), 0.5f, "\u0000\uD83D\uDE00"));

        assertThat(VisitsCodec.read(VisitsCodec.write(stage.visits))).contains(stage.visits);
    }

    @Test
    void readsAllThatAVisitAndWhatStandsStillCanHold() {
        Stage stage = new Stage();
        for (int i = 0; i < 300; i++) {
            stage.sees(Stage.inZone(new Box(i * 0.003f, 0, 0.002f, 0.1f), "label" + i, 0.5f, "zone" + i));
        }

        assertThat(VisitsCodec.read(VisitsCodec.write(stage.visits))).contains(stage.visits);
    }

    @Test
    void anotherVersionIsNotRead() {
        byte[] bytes = VisitsCodec.write(visits());
        bytes[0]++;

        assertThat(VisitsCodec.read(bytes)).isEmpty();
    }

    @Test
    void aChangedByteIsDamage() {
        byte[] bytes = VisitsCodec.write(visits());

        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 1;
            assertThat(VisitsCodec.read(damaged)).as("byte %d", i).isEmpty();
        }
    }

    @Test
    void aMissingOrFurtherByteIsDamageEvenUnderARightSum() {
        byte[] bytes = VisitsCodec.write(visits());

        for (int length = HEADER; length < bytes.length; length++) {
            assertThat(VisitsCodec.read(summed(Arrays.copyOf(bytes, length))))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        assertThat(VisitsCodec.read(summed(Arrays.copyOf(bytes, bytes.length + 1))))
                .isEmpty();
    }

    @Test
    void hostileBytesUnderARightSumNeverThrowAndWhatIsReadCanBeUsed() {
        byte[] bytes = VisitsCodec.write(visits());
        Random random = new Random(1);

        for (int i = 0; i < 20_000; i++) {
            byte[] hostile = bytes.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                hostile[HEADER + random.nextInt(bytes.length - HEADER)] = hostileByte(random);
            }
            assertThatCode(() -> use(VisitsCodec.read(summed(hostile)))).doesNotThrowAnyException();
        }
    }

    @Test
    void aHostileLengthAllocatesNothing() {
        byte[] bytes = VisitsCodec.write(visits());
        ByteBuffer.wrap(bytes).putInt(HEADER + 1, Integer.MAX_VALUE);

        assertThat(VisitsCodec.read(summed(bytes))).isEmpty();
    }

    private static byte hostileByte(Random random) {
        byte[] extremes = {0, 1, -1, 0x7F, (byte) 0x80};
        return random.nextBoolean() ? extremes[random.nextInt(extremes.length)] : (byte) random.nextInt();
    }

    /** Goes on with what was read, at times on both sides of it. */
    private static void use(Optional<StreamVisits> read) {
        if (read.isPresent()) {
            Stage stage = new Stage();
            stage.visits = read.get();
            stage.visits.nextDue();
            stage.visits.isDue(stage.now);
            stage.sees(at(DRIVE, "car", 0.5f));
            stage.waits(-1e9).passes();
            stage.waits(2e9).sees(at(STREET, "person", 0.5f));
            VisitsCodec.write(stage.visits.resumed(stage.now));
        }
    }

    private static byte[] summed(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, HEADER, bytes.length - HEADER);
        return ByteBuffer.wrap(bytes).putInt(1, (int) crc.getValue()).array();
    }

    static StreamVisits visits() {
        Stage stage = new Stage().parks();
        Detection person = Stage.inZone(STREET, "person", 0.5f, "street");
        stage.sees(person);
        stage.waits(0.5).sees(person, Stage.inZone(STREET, "dog", 0.7f, "path"));
        return stage.visits;
    }
}
