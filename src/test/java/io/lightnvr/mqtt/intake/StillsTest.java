package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StillsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final List<StreamName> asked = new ArrayList<>();
    private final Set<StreamName> without = new HashSet<>();
    private final Set<StreamName> hidden = new HashSet<>();
    private final HeardNews news = new HeardNews();
    private final FakeTime time = new FakeTime();
    private final IntakeTimes times = new IntakeTimes(time, () -> time.nanos, new Random(1));
    private final Stills stills = new Stills(new Recorder(), EVERY, news, times);
    private Runnable onFetch = () -> {};
    private boolean broken;

    @Test
    void fetchesOneOfEachStreamEverySoOften() {
        list(DOOR, YARD);
        time.pass(Duration.ofMillis(100));
        assertThat(news.stills).containsExactlyInAnyOrder(DOOR, YARD);

        time.pass(Duration.ofMillis(29_800));
        assertThat(news.stills).hasSize(2);
        time.pass(Duration.ofMillis(300));

        assertThat(news.stills).hasSize(4).containsOnly(DOOR, YARD);
        assertThat(news.pictured).isEmpty();
    }

    @Test
    void asksNothingOfAStreamThatIsDownOrGone() {
        list(DOOR);
        stills.streamsListed(selection(new StreamList.Stream(DOOR, false, Optional.empty())));
        time.pass(Duration.ofHours(1));

        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainAtOnceWhenAStreamIsBack() {
        list(DOOR);
        list();
        list(DOOR);

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksNothingWhileTheRecorderDoesNotAnswer() {
        list(DOOR);
        stills.recorderAnswers(false);
        time.pass(Duration.ofMinutes(10));
        assertThat(asked).hasSize(1);

        stills.recorderAnswers(true);
        time.pass(Duration.ZERO);

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksAStreamThatHasNoneLessAndLessOftenButEvery10Minutes() {
        without.add(DOOR);
        list(DOOR);

        for (int seconds : List.of(60, 120, 240, 480, 600, 600)) {
            int before = asked.size();
            time.pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(asked).hasSize(before);
            time.pass(Duration.ofNanos(1));
            assertThat(asked).hasSize(before + 1);
        }
    }

    @Test
    void asksACameraThatHangsLessOftenUntilItGivesOneAgain() {
        list(DOOR);
        broken = true;
        time.pass(Duration.ofMinutes(4));
        assertThat(asked).hasSize(4);
        broken = false;
        time.pass(Duration.ofSeconds(210));
        assertThat(news.stills).hasSize(2);

        time.pass(EVERY);

        assertThat(news.stills).hasSize(3);
    }

    @Test
    void asksNoMoreOftenThanWantedAfterAFailure() {
        Stills rare = new Stills(new Recorder(), Duration.ofHours(1), news, times);
        broken = true;
        rare.streamsListed(selection(new StreamList.Stream(DOOR, true, Optional.empty())));
        time.pass(Duration.ofHours(2).minusNanos(1));

        assertThat(asked).hasSize(2);
    }

    @Test
    void goesOnWithARenamedStreamAtItsPace() {
        broken = true;
        list(DOOR);
        stills.renamed(DOOR, YARD);
        list(YARD);
        assertThat(asked).containsExactly(DOOR);

        time.pass(Duration.ofMinutes(3));

        assertThat(asked).containsExactly(DOOR, YARD, YARD);
    }

    @Test
    void showsNothingOfAStreamInPrivacyModeAndSoonAgainAfterwards() {
        hidden.add(DOOR);
        list(DOOR);
        time.pass(Duration.ofSeconds(15));
        assertThat(news.stills).isEmpty();
        hidden.clear();

        time.pass(Duration.ofSeconds(15));

        assertThat(news.stills).containsExactly(DOOR);
    }

    /** Both share one thread. */
    @Test
    void letsAPictureOfADetectionGoBetweenTwoStills() {
        List<StreamName> fetched = new ArrayList<>();
        RepeatingTask pictures = new RepeatingTask(time, () -> {
            fetched.add(null);
            return Duration.ofHours(1);
        });
        onFetch = () -> {
            fetched.add(asked.get(asked.size() - 1));
            if (fetched.size() == 1) {
                pictures.wake();
            }
        };

        list(DOOR, YARD);
        time.pass(Duration.ofSeconds(1));

        assertThat(fetched).hasSize(3);
        assertThat(fetched.get(1)).isNull();
    }

    private final class Recorder implements SnapshotSource {

        @Override
        public Optional<byte[]> snapshot(StreamName stream) throws SourceException {
            asked.add(stream);
            onFetch.run();
            if (broken) {
                throw new SourceException("The recorder does not answer");
            }
            return without.contains(stream) || hidden.contains(stream) ? Optional.empty() : Optional.of(new byte[] {1});
        }

        @Override
        public boolean isPrivate(StreamName stream) {
            return hidden.contains(stream);
        }
    }

    private void list(StreamName... running) {
        stills.streamsListed(selection(Stream.of(running)
                .map(stream -> new StreamList.Stream(stream, true, Optional.empty()))
                .toArray(StreamList.Stream[]::new)));
        time.pass(Duration.ZERO);
    }

    private static StreamSelection.Selection selection(StreamList.Stream... streams) {
        return new StreamSelection.Selection(new StreamList(List.of(streams), true), Set.of(), Set.of());
    }
}
