package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.CapturedLog;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.StatusBoard;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalReviewTest {

    private static final Refusal DETECTIONS = new Refusal(Refusal.Lost.DETECTIONS, "It shows no detections: log in");
    private static final Refusal LOGIN = new Refusal(Refusal.Lost.LOGIN, "It refuses the login: check it");
    private static final Refusal ZONES = new Refusal(Refusal.Lost.ZONES, "It shows no zones");

    private final StatusBoard board = new StatusBoard();
    private final RefusalReview review = new RefusalReview(board);

    @Test
    void saysOnceWhatIsRefusedAndWhenThatIsOver() {
        try (CapturedLog log = new CapturedLog()) {
            review.review(List.of(DETECTIONS));
            review.review(List.of(DETECTIONS));
            review.review(List.of());

            assertThat(log.lines())
                    .containsExactly(
                            "WARN recorder: It shows no detections: log in",
                            "INFO Resolved: recorder: It shows no detections: log in");
        }
    }

    @Test
    void opensAFindingAndSetsTheLastError() {
        review.review(List.of(DETECTIONS, ZONES));

        assertThat(board.counts().findings())
                .containsExactly(
                        Finding.failed("recorder", "It shows no detections: log in", ""),
                        Finding.warning("recorder", "It shows no zones", ""));
        assertThat(board.counts().lastError()).hasValue("It shows no detections: log in");
    }

    @Test
    void takesAMissingRightForZonesForNoError() {
        review.review(List.of(ZONES));

        assertThat(board.counts().lastError()).isEmpty();
    }

    @Test
    void saysThatTheLoginIsRefusedWhereNothingWorseFollows() {
        review.review(List.of(LOGIN));
        assertThat(board.counts().findings()).isEmpty();

        review.review(List.of(LOGIN));

        assertThat(board.counts().findings())
                .containsExactly(Finding.warning("recorder", "It refuses the login: check it", ""));
        assertThat(board.counts().lastError()).hasValue("It refuses the login: check it");
    }

    @Test
    void tellsWhenDetectionsAreShownAgain() {
        assertThat(review.review(List.of(DETECTIONS))).isFalse();
        assertThat(review.review(List.of(DETECTIONS, ZONES))).isFalse();

        assertThat(review.review(List.of(ZONES))).isTrue();
    }
}
