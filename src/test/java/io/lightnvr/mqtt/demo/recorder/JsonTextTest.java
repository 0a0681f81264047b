package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void putsCommasBetweenValuesOnly() {
        JsonText json = new JsonText()
                .beginObject()
                .name("none")
                .beginArray()
                .endArray()
                .name("two")
                .beginArray()
                .value("a")
                .raw("1")
                .endArray()
                .field("number", 0.5)
                .field("flag", true)
                .endObject();

        assertThat(json).hasToString("{\"none\":[],\"two\":[\"a\",1],\"number\":0.5,\"flag\":true}");
    }

    @Test
    void escapesWhatJsonMustAndNothingElse() {
        assertThat(JsonText.quoted("\"\\/\b\f\n\r\t\u0001\u007f前é"))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f前é\"");
    }

    @Test
    void leavesBrokenTextBroken() {
        byte[] half = {'a', (byte) 0xC3};

        assertThat(new JsonText().value(half).bytes()).containsExactly('"', 'a', 0xC3, '"');
    }
}
