package io.lightnvr.mqtt.status;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.Text;
import java.io.IOException;

/**
 * One result of an examination: a line of {@code check}, or a problem that a running bridge has noticed.
 *
 * @param part the examined part, such as {@code broker}
 * @param severity how bad it is
 * @param sentence the result, without a full stop; the part is usually its subject
 * @param whatToDo the remedy; empty if nothing needs to be done or the sentence already names it
 */
public record Finding(String part, Severity severity, String sentence, String whatToDo) {

    /** A result that needs no action. */
    public static Finding ok(String part, String sentence) {
        return new Finding(part, Severity.OK, sentence, "");
    }

    /** A problem with which the bridge still works. */
    public static Finding warning(String part, String sentence, String whatToDo) {
        return new Finding(part, Severity.WARNING, sentence, whatToDo);
    }

    /** A problem with which the bridge cannot work. */
    public static Finding failed(String part, String sentence, String whatToDo) {
        return new Finding(part, Severity.FAILED, sentence, whatToDo);
    }

    /** One line for people; characters that could forge another line become {@code ?}. */
    @Override
    public String toString() {
        String line = part + ": " + sentence + (whatToDo.isEmpty() ? "" : " -> " + whatToDo);
        return Text.printable(line);
    }

    /** Writes {@code {"part","verdict","sentence","what_to_do"}}; {@code verdict} is the severity. */
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("part", part);
        json.writeStringField("verdict", severity.toString());
        json.writeStringField("sentence", sentence);
        json.writeStringField("what_to_do", whatToDo);
        json.writeEndObject();
    }
}
