package io.lightnvr.mqtt.status;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * What somebody who looked has found: a line of {@code check}, or what a running bridge says is not as it should be.
 *
 * @param part what was looked at, such as {@code broker}
 * @param sentence what is so, without a full stop
 * @param whatToDo what helps; empty where nothing need be done, or where the sentence tells it
 */
public record Finding(String part, Severity verdict, String sentence, String whatToDo) {

    public static Finding ok(String part, String sentence) {
        return new Finding(part, Severity.OK, sentence, "");
    }

    public static Finding warning(String part, String sentence, String whatToDo) {
        return new Finding(part, Severity.WARNING, sentence, whatToDo);
    }

    public static Finding failed(String part, String sentence, String whatToDo) {
        return new Finding(part, Severity.FAILED, sentence, whatToDo);
    }

    /** For people, without anything that could forge another line. */
    @Override
    public String toString() {
        String line = part + ": " + sentence + (whatToDo.isEmpty() ? "" : " -> " + whatToDo);
        return line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    }

    /** {@code {"part","verdict","sentence","what_to_do"}}, for machines. */
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("part", part);
        json.writeStringField("verdict", verdict.toString());
        json.writeStringField("sentence", sentence);
        json.writeStringField("what_to_do", whatToDo);
        json.writeEndObject();
    }
}
