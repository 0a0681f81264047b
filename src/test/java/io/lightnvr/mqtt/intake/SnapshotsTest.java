package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final StreamName GATE = new StreamName("gate");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final List<StreamName> asked = new ArrayList<>();
    private final HeardNews news = new HeardNews();
    private final FakeTime time = new FakeTime();
    private Runnable onFetch = () -> {};
    private boolean broken;
    private boolean there = true;

    private final Snapshots pictures = new Snapshots(
            new PictureRequests(this::picture, "pictures", "home_assistant.images"),
            false,
            Duration.ofSeconds(30),
            news,
            Clock.fixed(NOW, ZoneOffset.UTC),
            new IntakeTimes(time, () -> time.nanos, new Random(1)));

    @Test
    void fetchesOneForWhatWasJustDetected() {
        detect(DOOR, NOW, NOW);

        assertThat(asked).containsExactly(DOOR);
        assertThat(news.pictured).containsExactly(DOOR);
    }

    @Test
    void announcesThePictureOfAVisitWhereOneIsLikely() {
        best(DOOR);
        assertThat(news.picturesExpected).isEmpty();
        assertThat(news.pictured).containsExactly(DOOR);
        best(DOOR);
        assertThat(news.picturesExpected).isEmpty();
        time.pass(Duration.ofSeconds(2));
        assertThat(asked).hasSize(2);

        time.pass(Duration.ofSeconds(2));
        best(DOOR);

        assertThat(news.picturesExpected).containsExactly(DOOR);
    }

    @Test
    void announcesNoneAfterOneThatDidNotCome() {
        best(DOOR);
        there = false;
        time.pass(Duration.ofSeconds(2));
        best(DOOR);
        assertThat(news.picturesExpected).containsExactly(DOOR);

        time.pass(Duration.ofSeconds(2));
        best(DOOR);

        assertThat(news.picturesExpected).containsExactly(DOOR);
        assertThat(pictures.given(DOOR)).isFalse();
    }

    @Test
    void announcesNoneWhileOneOfTheStreamIsUnderWay() {
        best(DOOR);
        time.pass(Duration.ofSeconds(2));
        onFetch = () -> {
            onFetch = () -> {};
            pictures.bestChanged(DOOR);
        };

        best(DOOR);

        assertThat(news.picturesExpected).containsExactly(DOOR);
    }

    @Test
    void knowsThatARenamedStreamGivesPictures() {
        best(DOOR);
        pictures.renamed(DOOR, YARD);
        assertThat(pictures.given(DOOR)).isFalse();
        assertThat(pictures.given(YARD)).isTrue();
        best(YARD);
        assertThat(asked).containsExactly(DOOR);

        time.pass(Duration.ofSeconds(2));

        assertThat(asked).containsExactly(DOOR, YARD);
    }

    @Test
    void fetchesWhatIsWantedOfAStreamUnderItsNewName() {
        best(DOOR);
        best(DOOR);

        pictures.renamed(DOOR, YARD);
        time.pass(Duration.ofSeconds(2));

        assertThat(asked).containsExactly(DOOR, YARD);
    }

    @Test
    void fetchesNoneForWhatIsLongOver() {
        detect(DOOR, NOW.minusSeconds(31));

        assertThat(asked).isEmpty();
    }

    @Test
    void fetchesAtMostOneEveryTwoSecondsButOneOfTheLast() {
        detect(DOOR, NOW);
        time.pass(Duration.ofMillis(500));
        detect(DOOR, NOW);
        detect(DOOR, NOW);
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
        list(true);
        time.pass(Duration.ofMinutes(9));
        list(true);
        assertThat(asked).hasSize(1);
        assertThat(news.pictured).isEmpty();
        there = true;
        time.pass(Duration.ofMinutes(1));
        list(true);
        assertThat(news.pictured).hasSize(1);
        time.pass(Duration.ofMinutes(30));
        list(true);

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksNothingOfAStreamThatIsDown() {
        list(false);

        assertThat(asked).isEmpty();
    }

    @Test
    void goesOnWhereTheRecorderDoesNotAnswer() {
        broken = true;
        detect(DOOR, NOW);
        broken = false;
        time.pass(Duration.ofSeconds(2));
        detect(DOOR, NOW);

        assertThat(news.pictured).hasSize(1);
    }

    @Test
    void fetchesTheNewestWishFirstAndNoneTwiceInARow() {
        onFetch = () -> {
            onFetch = () -> {};
            for (int i = 0; i < 20; i++) {
                pictures.detected(events(YARD));
                pictures.detected(events(GATE));
            }
        };

        detect(DOOR, NOW);
        time.pass(Duration.ofMillis(1_999));

        assertThat(asked).containsExactly(DOOR, GATE, YARD);
    }

    @Test
    void countsTheTimeBetweenTwoPicturesFromTheEndOfTheFirst() {
        onFetch = () -> time.nanos += Duration.ofSeconds(5).toNanos();

        detect(DOOR, NOW);
        detect(DOOR, NOW);
        time.pass(Duration.ofMillis(1_999));
        assertThat(asked).hasSize(1);
        time.pass(Duration.ofMillis(2));

        assertThat(asked).hasSize(2);
    }

    /** The recorder lists its streams while a wish waits for its time. */
    @Test
    void dropsTheWishForAStreamThatIsGone() {
        detect(DOOR, NOW);
        detect(DOOR, NOW);

        StreamList none = new StreamList(List.of(), true);
        pictures.streamsListed(new StreamSelection.Selection(none, Set.of(), Set.of()));
        time.pass(Duration.ofSeconds(10));

        assertThat(asked).containsExactly(DOOR);
    }

    @Test
    void dropsAWishThatHasWaitedTooLong() {
        onFetch = () -> {
            onFetch = () -> {};
            pictures.detected(events(YARD));
            time.nanos += Duration.ofSeconds(31).toNanos();
        };

        detect(DOOR, NOW);
        time.pass(Duration.ofMinutes(5));

        assertThat(asked).containsExactly(DOOR);
    }

    private static List<DetectionEvent> events(StreamName stream) {
        Detection detection = new Detection("person", 0.9f, Box.whole(), "", "", 1);
        return List.of(new DetectionEvent(stream, NOW.getEpochSecond(), List.of(detection), NOW));
    }

    private Optional<byte[]> picture(StreamName stream) throws SourceException {
        asked.add(stream);
        onFetch.run();
        if (broken) {
            throw new SourceException("The recorder does not answer");
        }
        return there ? Optional.of(new byte[] {1}) : Optional.empty();
    }

    private void detect(StreamName stream, Instant... sendableSince) {
        pictures.detected(List.of(sendableSince).stream()
                .map(since -> new DetectionEvent(
                        stream,
                        since.getEpochSecond(),
                        List.of(new Detection("person", 0.9f, Box.whole(), "", "", 1)),
                        since))
                .toList());
        time.pass(Duration.ZERO);
    }

    private void best(StreamName stream) {
        pictures.bestChanged(stream);
        time.pass(Duration.ZERO);
    }

    private void list(boolean online) {
        StreamList list = new StreamList(List.of(new StreamList.Stream(DOOR, online, Optional.empty())), true);
        pictures.streamsListed(new StreamSelection.Selection(list, Set.of(), Set.of()));
        time.pass(Duration.ZERO);
    }
}
