package io.lightnvr.mqtt.source.lightnvr;

import java.time.Duration;

/**
 * The most that an answer may take.
 *
 * @param bytes the size of the largest body; a longer one is not read on
 * @param time for the whole answer, however slowly it drips, unless all answers have less
 */
record AnswerLimit(int bytes, Duration time) {

    /** The time for an answer on which nothing waits. */
    static final Duration USUAL_TIME = Duration.ofSeconds(10);

    /** More than any answer takes but a long list of streams. */
    static final AnswerLimit USUAL = bytes(1 << 20);

    /** A limit of size alone. */
    static AnswerLimit bytes(int bytes) {
        return new AnswerLimit(bytes, USUAL_TIME);
    }
}
