package io.lightnvr.mqtt.web;

import java.nio.charset.StandardCharsets;

/** Reads answers. */
final class Answers {

    private Answers() {}

    /** The whole body as text. */
    static String body(Answer answer) {
        return new String(((Answer.Whole) answer.body()).bytes(), StandardCharsets.UTF_8);
    }

    /** The sentence of a failure. */
    static String error(Answer answer) {
        return body(answer).replaceAll("^\\{\"error\":\"(.*)\"}$", "$1");
    }
}
