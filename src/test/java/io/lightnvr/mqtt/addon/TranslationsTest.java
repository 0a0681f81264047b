package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people read beside each option, in their language. */
class TranslationsTest {

    private static final int LONGEST = 160;

    @Test
    void areInSevenLanguages() {
        assertThat(languages()).containsExactly("de", "en", "es", "fr", "nl", "pl", "zh-Hans");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void nameAndDescribeEachOptionAndGroupAndNothingElse(String language) {
        JsonNode configuration = AddonFiles.translations().get(language).path("configuration");

        assertThat(described(configuration, ""))
                .isEqualTo(options(AddonFiles.manifest().path("schema"), ""));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void areShortSentences(String language) {
        AddonFiles.leaves(AddonFiles.translations().get(language)).forEach((key, text) -> {
            assertThat(text.asText()).as(key).isNotBlank().hasSizeLessThan(LONGEST);
            if (key.endsWith(".description")) {
                assertThat(text.asText()).as(key).matches(".*[.。]");
            }
        });
    }

    static Set<String> languages() {
        return AddonFiles.translations().keySet();
    }

    private static Set<String> options(JsonNode schema, String group) {
        Set<String> keys = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            keys.add(group + entry.getKey());
            JsonNode value = entry.getValue().isArray() ? entry.getValue().path(0) : entry.getValue();
            if (value.isObject()) {
                keys.addAll(options(value, group + entry.getKey() + "."));
            }
        }
        return keys;
    }

    private static Set<String> described(JsonNode configuration, String group) {
        Set<String> keys = new TreeSet<>();
        for (Map.Entry<String, JsonNode> entry : configuration.properties()) {
            if (entry.getValue().has("name") && entry.getValue().has("description")) {
                keys.add(group + entry.getKey());
            }
            keys.addAll(described(entry.getValue().path("fields"), group + entry.getKey() + "."));
        }
        return keys;
    }
}
