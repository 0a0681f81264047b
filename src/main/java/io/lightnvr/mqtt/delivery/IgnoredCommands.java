package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.Text;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Tells of commands that are ignored, now and then: who may write there could otherwise fill the log. For one thread. */
final class IgnoredCommands {

    private static final int MOST_LOGGED = 40;
    private static final long APART_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final Consumer<String> trouble;
    private long nextAt;

    /**
     * @param trouble takes each sentence that is told
     * @param now by a monotonic clock, in nanoseconds
     */
    IgnoredCommands(Logger log, Consumer<String> trouble, long now) {
        this.log = log;
        this.trouble = trouble;
        this.nextAt = now;
    }

    /** The start of what somebody wrote, in quotes and in one line. */
    static String quoted(String text) {
        return "\"" + Text.printable(text.substring(0, Math.min(text.length(), MOST_LOGGED))) + "\"";
    }

    /** Tells that something on a topic is ignored, and why, unless another was told of within the last 10 s. */
    void tell(String what, Topic topic, String why, long now) {
        if (now - nextAt >= 0) {
            nextAt = now + APART_NANOS;
            String sentence = "Ignoring %s on %s: %s".formatted(what, Text.printable(topic.name()), why);
            log.warn("{}", sentence);
            trouble.accept(sentence);
        }
    }
}
