package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final List<StreamName> asked = new ArrayList<>();
    private final List<DeliverySignal> signals = new ArrayList<>();
    private final FakeTime time = new FakeTime();
    private boolean broken;
    private boolean there = true;

    private final Snapshots pictures = new Snapshots(
            this::picture,
            Duration.ofSeconds(30),
            Runnable::run,
            time,
            signals::add,
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> time.nanos);

    @Test
    void fetchesOneForWhatWasJustDetected() {
        pictures.signal(detected(NOW, NOW));

        assertThat(asked).containsExactly(DOOR);
        assertThat(signals).hasSize(1).first().isInstanceOf(DeliverySignal.Pictured.class);
    }

    @Test
    void fetchesNoneForWhatIsLongOver() {
        pictures.signal(detected(NOW.minusSeconds(31)));

        assertThat(asked).isEmpty();
    }

    @Test
    void fetchesAtMostOneEveryTwoSecondsButOneOfTheLast() {
        pictures.signal(detected(NOW));
        time.pass(Duration.ofMillis(500));
        pictures.signal(detected(NOW));
        pictures.signal(detected(NOW));
        time.pass(Duration.ofMillis(1_499));
        assertThat(asked).hasSize(1);
        time.pass(Duration.ofMillis(10));

        assertThat(asked).hasSize(2);
        time.pass(Duration.ofSeconds(10));
        assertThat(asked).hasSize(2);
    }

    @Test
    void triesAStreamWhenItIsFirstThereAndEvery10MinutesUntilItGivesOne() {
        there = false;
        pictures.signal(listed(true));
        time.pass(Duration.ofMinutes(9));
        pictures.signal(listed(true));
        assertThat(asked).hasSize(1);
        assertThat(signals).isEmpty();
        there = true;
        time.pass(Duration.ofMinutes(1));
        pictures.signal(listed(true));
        assertThat(signals).hasSize(1);
        time.pass(Duration.ofMinutes(30));
        pictures.signal(listed(true));

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksNothingOfAStreamThatIsDown() {
        pictures.signal(listed(false));

        assertThat(asked).isEmpty();
    }

    @Test
    void goesOnWhereTheRecorderDoesNotAnswer() {
        broken = true;
        pictures.signal(detected(NOW));
        broken = false;
        time.pass(Duration.ofSeconds(2));
        pictures.signal(detected(NOW));

        assertThat(signals).hasSize(1);
    }

    private Optional<byte[]> picture(StreamName stream) throws SourceException {
        asked.add(stream);
        if (broken) {
            throw new SourceException("The recorder does not answer");
        }
        return there ? Optional.of(new byte[] {1}) : Optional.empty();
    }

    private static DeliverySignal detected(Instant... sendableSince) {
        return new DeliverySignal.Detected(List.of(sendableSince).stream()
                .map(since -> new DetectionEvent(
                        DOOR,
                        since.getEpochSecond(),
                        List.of(new Detection("person", 0.9f, Box.whole(), "", "", 1)),
                        since))
                .toList());
    }

    private static DeliverySignal listed(boolean online) {
        return new DeliverySignal.StreamsListed(
                new StreamList(List.of(new StreamList.Stream(DOOR, online, Optional.empty())), true));
    }
}
