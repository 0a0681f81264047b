package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.delivery.DeliverySignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderWatchTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final List<DeliverySignal> signals = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final RecorderWatch watch = new RecorderWatch("http://nvr", signals::add, trouble::add);

    @Test
    void isOnlineFromTheFirstAnswer() {
        assertThat(watch.answered("a", 0)).isTrue();
        assertThat(watch.answered("a", SECOND)).isFalse();

        assertThat(signals).containsExactly(new DeliverySignal.RecorderAnswers(true));
    }

    @Test
    void isOfflineAfter15SecondsWithoutAnAnswer() {
        watch.answered("a", 0);
        watch.failed("a", "It does not answer", 14 * SECOND);
        assertThat(signals).hasSize(1);
        watch.failed("a", "It does not answer", 15 * SECOND);

        assertThat(signals).endsWith(new DeliverySignal.RecorderAnswers(false));
        assertThat(watch.answered("a", 16 * SECOND)).isTrue();
        assertThat(signals).endsWith(new DeliverySignal.RecorderAnswers(true));
    }

    @Test
    void staysOnlineWhileAnythingIsAnswered() {
        watch.answered("a", 0);
        watch.failed("b", "b is broken", 10 * SECOND);
        watch.answered("a", 14 * SECOND);
        watch.failed("b", "b is broken", 20 * SECOND);

        assertThat(signals).containsExactly(new DeliverySignal.RecorderAnswers(true));
    }

    @Test
    void tellsATroubleOnceUntilItHasEnded() {
        watch.failed("a", "It does not answer", 0);
        watch.failed("b", "It does not answer", 0);
        watch.failed("a", "It does not answer", SECOND);
        assertThat(trouble).containsExactly("It does not answer");
        watch.answered("a", 2 * SECOND);
        watch.answered("b", 2 * SECOND);
        watch.failed("a", "It does not answer", 3 * SECOND);

        assertThat(trouble).containsExactly("It does not answer", "It does not answer");
    }

    @Test
    void tellsNoMoreThanThreeSentencesOfOneTrouble() {
        for (int i = 0; i < 10; i++) {
            watch.failed("stream " + i, "Stream " + i + " is broken", 0);
        }

        assertThat(trouble).hasSize(3);
    }

    @Test
    void endsATroubleWithTheQuestionThatIsAskedNoMore() {
        watch.failed("gone", "It is broken", 0);
        watch.forget("gone");
        watch.failed("a", "It is broken", 0);
        watch.answered("a", SECOND);
        watch.failed("a", "It is broken", SECOND);

        assertThat(trouble).hasSize(3);
    }

    @Test
    void asksWhetherAnybodyIsThereAfter5SecondsWithoutAnAnswer() {
        watch.answered("a", 0);

        assertThat(watch.failed("a", "It is broken", 4 * SECOND)).isFalse();
        assertThat(watch.failed("a", "It is broken", 5 * SECOND)).isTrue();
    }
}
