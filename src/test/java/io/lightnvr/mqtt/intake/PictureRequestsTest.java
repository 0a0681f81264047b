package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureRequestsTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final byte[] JPEG = {1};

    private final Recorder recorder = new Recorder();
    private final PictureRequests requests = new PictureRequests(recorder, "stills", "home_assistant.snapshots");

    @Test
    void knowsWhichStreamsGaveOneWhenTheyWereLastAsked() throws InterruptedException {
        recorder.jpeg = Optional.of(JPEG);
        assertThat(requests.ask(DOOR).jpeg()).contains(JPEG);
        requests.ask(YARD);
        assertThat(requests.given(DOOR)).isTrue();
        recorder.jpeg = Optional.empty();

        assertThat(requests.ask(DOOR).isFailure()).isTrue();

        assertThat(requests.given(DOOR)).isFalse();
        assertThat(requests.given(YARD)).isTrue();
        requests.keepOnly(Set.of(DOOR));
        assertThat(requests.given(YARD)).isFalse();
    }

    @Test
    void saysOnceThatTheRecorderHasNone() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            recorder.failure = Optional.of(new SourceException("404 Not Found"));
            assertThat(requests.ask(DOOR).isFailure()).isTrue();
            requests.ask(YARD);

            assertThat(log.lines())
                    .containsExactly("WARN The recorder serves no stills (404 Not Found): they need go2rtc there, so"
                            + " home_assistant.snapshots has no effect");
        }
    }

    @Test
    void asksForALoginWhereTheRecorderRefuses() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            recorder.failure = Optional.of(SourceException.refusal("it refuses them to this login"));
            requests.ask(DOOR);

            assertThat(log.lines())
                    .containsExactly(
                            "WARN The recorder serves no stills (it refuses them to this login): they need a login"
                                    + " that may see the cameras there, so home_assistant.snapshots has no effect");
        }
    }

    @Test
    void doesNotSaySoOfARecorderThatHasGivenSome() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            recorder.jpeg = Optional.of(JPEG);
            requests.ask(DOOR);
            recorder.jpeg = Optional.empty();
            requests.ask(DOOR);

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void takesPrivacyForNoFailure() throws InterruptedException {
        try (CapturedLog log = new CapturedLog()) {
            recorder.isPrivate = true;

            assertThat(requests.ask(DOOR)).isEqualTo(new PictureRequests.Answer(Optional.empty(), true));

            assertThat(requests.given(DOOR)).isFalse();
            assertThat(log.lines()).isEmpty();
        }
    }

    private static final class Recorder implements SnapshotSource {

        private Optional<byte[]> jpeg = Optional.empty();
        private Optional<SourceException> failure = Optional.empty();
        private boolean isPrivate;

        @Override
        public Optional<byte[]> snapshot(StreamName stream) throws SourceException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return jpeg;
        }

        @Override
        public boolean isPrivate(StreamName stream) {
            return isPrivate;
        }
    }
}
