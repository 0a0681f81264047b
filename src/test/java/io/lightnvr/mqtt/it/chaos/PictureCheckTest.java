package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureCheckTest {

    private static final String GATE = "lightnvr/image/gate";
    private static final String WHOLE = PictureCheck.recorderPicture();

    private final Talk talk = new Talk();
    private final Talk kept = new Talk();

    @Test
    void isContentWithThePictureOfTheRecorder() {
        talk.says(GATE, WHOLE, Map.of());
        kept.says(GATE, WHOLE, Map.of());

        assertThat(problems()).isEmpty();
    }

    @Test
    void findsAPictureThatIsNotWhole() {
        talk.says(GATE, "sha256 00", Map.of());
        kept.says(GATE, WHOLE, Map.of());

        assertThat(problems()).singleElement().asString().startsWith("Pictures that the recorder does not have: 1");
    }

    @Test
    void findsAPictureThatIsNotKept() {
        talk.says(GATE, WHOLE, Map.of());

        assertThat(problems())
                .containsExactly("Streams whose picture the broker does not keep: 1, such as [lightnvr/image/gate]");
    }

    private List<String> problems() {
        return PictureCheck.problems(talk.heard(), kept.heard());
    }
}
