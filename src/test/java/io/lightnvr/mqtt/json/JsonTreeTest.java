package io.lightnvr.mqtt.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                " \"a \\u00e9 \\n \\\" \" ",
                "-7",
                "12345678901",
                "123456789012345678901234567890",
                "0.1",
                "-1.5e-9",
                "1e400",
                "[1, [2, [true, false, null]], {}, []]",
                "{\"a\": {\"b\": [1.0, {\"c\": \"\"}]}, \"\": 0, \"a\": 2}",
                "1 2",
                "",
                "  "
            })
    void readsAndWritesAsJacksonDoes(String json) throws IOException {
        assertThat(JsonTree.read(json)).isEqualTo(JACKSON.readTree(json));
        assertThat(JsonTree.read(json.getBytes(StandardCharsets.UTF_16BE))).isEqualTo(JACKSON.readTree(json));
        assertThat(JsonTree.text(JsonTree.read(json)))
                .isEqualTo(JACKSON.readTree(json).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\":}", "{\"a\" 1}", "[}", "nul", "01", "'a'", "\"a", "]", "{1:2}", "[1,]"})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonTree.read(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void refusesMoreThanAThousandLevels() {
        assertThatThrownBy(() -> JsonTree.read("[".repeat(1_001))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void makesATreeOfTextsNumbersListsAndMaps() {
        Map<String, Object> options = Map.of("list", List.of("a", 1, true, Map.of("b", JsonTree.of("c"))));

        assertThat(JsonTree.text(JsonTree.of(options))).isEqualTo("{\"list\":[\"a\",1,true,{\"b\":\"c\"}]}");
    }

    @Test
    void makesNoTreeOfAnythingElse() {
        assertThatThrownBy(() -> JsonTree.of(1.5f)).hasMessage("1.5 has no place in JSON");
    }
}
