package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CNumberTest {

    private static final Pattern FLOAT = Pattern.compile("\"(?:confidence|x|y|width|height)\":([-0-9.e+]+)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "results-apicam-model-rows",
                "results-drive.way-motion-rows",
                "results-front_door-default",
                "zones-front_door"
            })
    void printsEveryCapturedFloatAsTheRecorderDid(String capture) {
        List<String> captured = FLOAT.matcher(Captured.read(capture).body())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        List<String> printed = captured.stream()
                .map(text -> CNumber.text(Float.parseFloat(text)))
                .toList();

        assertThat(printed).hasSizeGreaterThan(3).isEqualTo(captured);
    }

    @ParameterizedTest
    @CsvSource({
        "9.875, 9.875",
        "187676.4, 187676.4",
        "188356653056, 188356653056",
        "-0.5, -0.5",
        "-0.0, 0",
        "0, 0",
        "1, 1",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1e15, 1e+15",
        "1e-300, 1e-300",
        "123456789012345.6, 123456789012345.59"
    })
    void followsTheRulesOfC(double value, String printed) {
        assertThat(CNumber.text(value)).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource({"0.00001, 9.99999974737875e-06", "0.0001, 9.99999974737875e-05", "0.1, 0.10000000149011612"})
    void showsThatSmallFloatsAreNotWhatTheySeem(float value, String printed) {
        assertThat(CNumber.text(value)).isEqualTo(printed);
    }

    @Test
    void printsWhatIsNotFiniteAsNull() {
        assertThat(CNumber.text(Double.NaN)).isEqualTo("null");
        assertThat(CNumber.text(Float.NEGATIVE_INFINITY)).isEqualTo("null");
    }
}
