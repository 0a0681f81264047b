package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSuggestionTest {

    private static final List<String> NAMES = List.of("front_door", "Back Yard", "Tür", "garage-1", "garage-2");

    @ParameterizedTest
    @CsvSource({
        "front_dor, front_door",
        "frontdoor, front_door",
        "FRONT_DOOR, front_door",
        "front door, front_door",
        "back_yard, Back Yard",
        "yard, Back Yard",
        "Tur, Tür",
        "garage-2x, garage-2",
    })
    void suggestsTheNearestName(String typed, String meant) {
        assertThat(NameSuggestion.among(typed, NAMES)).hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({"kitchen", "fr", "ya", "Tü-front-left"})
    void suggestsNothingForWhatIsNothingLikeIt(String typed) {
        assertThat(NameSuggestion.among(typed, NAMES)).isEmpty();
    }

    @Test
    void suggestsTheFirstOfTwoThatAreEquallyNear() {
        assertThat(NameSuggestion.among("garage-3", NAMES)).hasValue("garage-1");
    }

    @Test
    void suggestsNothingWhereThereAreNoNames() {
        assertThat(NameSuggestion.among("front_door", List.of())).isEmpty();
    }
}
