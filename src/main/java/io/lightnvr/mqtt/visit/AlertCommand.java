package io.lightnvr.mqtt.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user may say about the alerts of a stream: {@code ON}, {@code OFF}, or {@code OFF 30m}, a snooze in seconds ({@code s}),
 * minutes ({@code m}) or hours ({@code h}), up to {@link Alerts#LONGEST}.
 */
public final class AlertCommand {

    private static final Pattern SNOOZE = Pattern.compile("OFF (\\d{1,6})([SMH])");

    private AlertCommand() {}

    /** Reads a command; nothing if it is none. */
    public static Optional<UnaryOperator<Alerts>> read(String text, Instant now) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        if (word.equals("ON") || word.equals("OFF")) {
            return Optional.of(alerts -> alerts.switched(word.equals("ON")));
        }
        Matcher snooze = SNOOZE.matcher(word);
        if (!snooze.matches()) {
            return Optional.empty();
        }
        Duration time = Duration.parse("PT" + snooze.group(1) + snooze.group(2));
        return time.isZero() || time.compareTo(Alerts.LONGEST) > 0
                ? Optional.empty()
                : Optional.of(alerts -> alerts.snoozed(now.plus(time)));
    }

    /** Reads a pause in minutes, 0 to those of {@link Alerts#LONGEST}; nothing if it is none. */
    public static Optional<UnaryOperator<Alerts>> readPause(String text) {
        String minutes = text.strip();
        if (!minutes.matches("\\d{1,5}(\\.0+)?")) {
            return Optional.empty();
        }
        Duration pause = Duration.ofMinutes(Long.parseLong(minutes.replaceFirst("\\..*", "")));
        return pause.compareTo(Alerts.LONGEST) > 0 ? Optional.empty() : Optional.of(alerts -> alerts.paused(pause));
    }
}
