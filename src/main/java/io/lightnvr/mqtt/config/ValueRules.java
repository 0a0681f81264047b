package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Validated.accepted;
import static io.lightnvr.mqtt.config.Validated.refused;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules for numbers, switches, times and files. White space around the value does not count. */
final class ValueRules {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Map<String, LogLevel> LOG_LEVELS = Map.of(
            "trace", LogLevel.TRACE,
            "debug", LogLevel.DEBUG,
            "info", LogLevel.INFO,
            "warning", LogLevel.WARNING,
            "warn", LogLevel.WARNING,
            "error", LogLevel.ERROR);

    private ValueRules() {}

    /** {@code true} or {@code false}, upper or lower case alike. */
    static Rule<Boolean> yesOrNo() {
        return Rule.ofOne(OptionType.BOOLEAN, text -> switch (folded(text)) {
            case "true" -> accepted(true);
            case "false" -> accepted(false);
            default -> refused("is neither true nor false", "use true or false");
        });
    }

    static Rule<Integer> port() {
        return wholeNumber(1, 65_535, "a port");
    }

    /** From {@code least} to {@code most}, both inclusive; {@code what} says what the number is. */
    static Rule<Integer> wholeNumber(int least, int most, String what) {
        return wholeNumber(least, most, what, "use a whole number from " + least + " to " + most);
    }

    static Rule<Integer> qos() {
        return wholeNumber(0, 2, "a QoS level", "use 0, 1 or 2");
    }

    static Rule<Float> confidence() {
        return Rule.ofOne(OptionType.DECIMAL, text -> {
            double number = DECIMAL.matcher(text.strip()).matches() ? Double.parseDouble(text.strip()) : Double.NaN;
            return number >= 0 && number <= 1
                    ? accepted((float) number)
                    : refused("is not a confidence", "use a number from 0 to 1, such as 0.5");
        });
    }

    /** A time from {@code least} to {@code most} seconds, both inclusive. */
    static Rule<Duration> duration(int least, int most) {
        return Rule.ofOne(OptionType.DURATION, text -> {
            Optional<Duration> duration = WholeSeconds.parse(text);
            if (duration.isEmpty()) {
                return refused("is not a time", WholeSeconds.SPELLING);
            }
            long seconds = duration.get().toSeconds();
            return seconds >= least && seconds <= most
                    ? accepted(duration.get())
                    : refused("is out of range", "use " + least + " to " + most + " seconds");
        });
    }

    /** The path of a file; whether it is there is not looked at here. */
    static Rule<Path> file() {
        return Rule.ofOne(OptionType.FILE, text -> {
            try {
                return accepted(Path.of(text));
            } catch (InvalidPathException e) {
                return refused("is not a path", "give the path of a file");
            }
        });
    }

    static Rule<LogLevel> logLevel() {
        return Rule.ofOne(OptionType.LOG_LEVEL, text -> {
            LogLevel level = LOG_LEVELS.get(folded(text));
            return level != null
                    ? accepted(level)
                    : refused("is not a log level", "use trace, debug, info, warning or error");
        });
    }

    private static Rule<Integer> wholeNumber(int least, int most, String what, String whatToDo) {
        return Rule.ofOne(OptionType.WHOLE_NUMBER, text -> {
            boolean whole = WHOLE.matcher(text.strip()).matches();
            int number = whole ? Integer.parseInt(text.strip()) : 0;
            return whole && number >= least && number <= most ? accepted(number) : refused("is not " + what, whatToDo);
        });
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
