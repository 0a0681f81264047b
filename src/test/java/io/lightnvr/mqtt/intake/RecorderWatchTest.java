package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderWatchTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<Boolean> news = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final RecorderWatch watch = new RecorderWatch(
            "http://nvr",
            new IntakeListener() {
                @Override
                public void recorderAnswers(boolean online) {
                    news.add(online);
                }
            },
            trouble::add);
    private final RecorderWatch.Question a = watch.question();
    private final RecorderWatch.Question b = watch.question();

    @Test
    void isOnlineFromTheFirstAnswer() {
        assertThat(a.answered(0)).isTrue();
        assertThat(a.answered(SECOND)).isFalse();

        assertThat(news).containsExactly(true);
    }

    @Test
    void isOfflineAfter15SecondsWithoutAnAnswer() {
        a.answered(0);
        a.failed("It does not answer", 14 * SECOND);
        assertThat(news).hasSize(1);
        a.failed("It does not answer", 15 * SECOND);

        assertThat(news).endsWith(false);
        assertThat(a.answered(16 * SECOND)).isTrue();
        assertThat(news).endsWith(true);
    }

    @Test
    void looksAgainForSilenceWhen15SecondsAreOver() {
        a.answered(0);
        a.failed("It does not answer", 11 * SECOND);

        assertThat(watch.lookForSilence(12 * SECOND)).isEqualTo(Duration.ofSeconds(3));
        assertThat(news).containsExactly(true);
        watch.lookForSilence(15 * SECOND);
        assertThat(news).containsExactly(true, false);
    }

    @Test
    void findsNoSilenceWhereTheRecorderWasNotAskedSince() {
        a.answered(0);
        a.failed("It is broken", 4 * SECOND);

        watch.lookForSilence(60 * SECOND);

        assertThat(news).containsExactly(true);
    }

    @Test
    void staysOnlineWhileAnythingIsAnswered() {
        a.answered(0);
        b.failed("b is broken", 10 * SECOND);
        a.answered(14 * SECOND);
        b.failed("b is broken", 20 * SECOND);

        assertThat(news).containsExactly(true);
    }

    @Test
    void tellsATroubleOnceUntilItHasEnded() {
        a.failed("It does not answer", 0);
        b.failed("It does not answer", 0);
        a.failed("It does not answer", SECOND);
        assertThat(trouble).containsExactly("It does not answer");
        a.answered(2 * SECOND);
        b.answered(2 * SECOND);
        a.failed("It does not answer", 3 * SECOND);

        assertThat(trouble).containsExactly("It does not answer", "It does not answer");
    }

    @Test
    void tellsNoMoreThanThreeSentencesOfOneTrouble() {
        for (int i = 0; i < 10; i++) {
            watch.question().failed("Stream " + i + " is broken", 0);
        }

        assertThat(trouble).hasSize(3);
    }

    @Test
    void endsATroubleWithTheQuestionThatIsAskedNoMore() {
        b.failed("It is broken", 0);
        b.end();
        a.failed("It is broken", 0);
        a.answered(SECOND);
        a.failed("It is broken", SECOND);

        assertThat(trouble).hasSize(3);
    }

    @Test
    void asksWhetherAnybodyIsThereAfter5SecondsWithoutAnAnswer() {
        a.answered(0);

        assertThat(a.failed("It is broken", 4 * SECOND)).isFalse();
        assertThat(a.failed("It is broken", 5 * SECOND)).isTrue();
    }

    @Test
    void ignoresTheFailureOfAQuestionThatIsAskedNoMore() {
        a.answered(0);
        b.end();

        b.failed("It is broken", SECOND);

        assertThat(trouble).isEmpty();
        assertThat(watch.pause(6 * SECOND)).isEmpty();
    }

    @Test
    void letsPollsWaitWhileTheRecorderIsSilent() {
        assertThat(watch.pause(0)).hasValue(Duration.ofSeconds(15));
        a.answered(0);
        assertThat(watch.pause(SECOND)).isEmpty();
        a.failed("It does not answer", 4 * SECOND);
        assertThat(watch.pause(4 * SECOND)).isEmpty();

        assertThat(watch.pause(5 * SECOND)).hasValue(Duration.ofSeconds(1));
        a.failed("It does not answer", 15 * SECOND);
        assertThat(watch.pause(15 * SECOND)).hasValue(Duration.ofSeconds(15));
    }
}
