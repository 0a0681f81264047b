package io.lightnvr.mqtt.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamNameTest {

    @ParameterizedTest
    @CsvSource({
        "front_door, front_door, front_door",
        "Front-Door2, Front-Door2, Front-Door2",
        "cam.1, cam_1, cam_1-66498bf0",
        "cam 1, cam_1, cam_1-8df28ca7",
        "Tür, T__r, T__r-1cff8a95",
        "前門, ______, ______-6f7400ac",
    })
    void slugIsTheRecordersAndKeyTellsNamesApart(String raw, String slug, String key) {
        StreamName name = new StreamName(raw);

        assertThat(name.slug()).isEqualTo(slug);
        assertThat(name.key()).isEqualTo(key);
    }

    @Test
    void slugOfEveryAsciiCharacterIsSafeInATopic() {
        for (char c = 0; c < 128; c++) {
            String slug = new StreamName(String.valueOf(c)).slug();

            assertThat(slug)
                    .matches("[A-Za-z0-9_-]")
                    .isEqualTo(Character.isLetterOrDigit(c) || c == '-' ? "" + c : "_");
        }
    }

    @Test
    void namesWithOneSlugHaveDifferentKeys() {
        List<String> names = List.of("cam.1", "cam_1", "cam 1", "cam/1", "cam+1", "cam#1");

        assertThat(names).extracting(name -> new StreamName(name).slug()).containsOnly("cam_1");
        assertThat(names).extracting(name -> new StreamName(name).key()).doesNotHaveDuplicates();
    }

    @Test
    void saysThatANameMustNotBeEmpty() {
        assertThatThrownBy(() -> new StreamName("")).hasMessage("A stream's name must not be empty");
    }

    @Test
    void logsShowNoControlCharacters() {
        StreamName name = new StreamName("a\nb\u001b[31m\u0085\u009b\u2028\u007fTür 🚗");

        assertThat(name).hasToString("a?b?[31m????Tür 🚗");
    }

    @Test
    void logsShowNothingThatTurnsOrHidesALine() {
        StreamName name = new StreamName("a\u202eb\u2066c\u200bd\ufeff");

        assertThat(name).hasToString("a?b?c?d?");
    }

    @Test
    void peopleAreShownAllButControlCharacters() {
        StreamName name = new StreamName("Tür\n👨\u200d👩\u200d👧" + "x".repeat(300));

        assertThat(name.displayName())
                .startsWith("Tür?👨\u200d👩\u200d👧x")
                .hasSize(256)
                .endsWith("x…");
    }

    @Test
    void aNameThatIsCutWithinACharacterShowsNoHalfOfIt() {
        StreamName name = new StreamName("x".repeat(254) + "🚗");

        assertThat(name).hasToString("x".repeat(254) + "?…");
        assertThat(name.displayName()).isEqualTo("x".repeat(254) + "?…");
    }

    @Test
    void replacesWhatUtf8CannotHold() {
        assertThat(new StreamName("a\uD83D🚗\uDE97").raw()).isEqualTo("a\uFFFD🚗\uFFFD");
    }

    @Test
    void namesAreOrderedByTheirRawText() {
        assertThat(new StreamName("b")).isGreaterThan(new StreamName("a")).isEqualByComparingTo(new StreamName("b"));
    }
}
