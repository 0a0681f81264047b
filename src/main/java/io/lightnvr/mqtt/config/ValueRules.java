package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Rule.Result.accepted;
import static io.lightnvr.mqtt.config.Rule.Result.refused;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for everything but texts, by type. Ignores white space around a value. */
public final class ValueRules {

    /** What to do about a text that is not a time. */
    public static final String TIME_SYNTAX = "use whole seconds, or text such as 30s, 5m, 12h or 7d";

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");
    private static final int MOST_DIGITS = 10;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);
    private static final Map<String, LogLevel> LOG_LEVELS = Map.of(
            "trace", LogLevel.TRACE,
            "debug", LogLevel.DEBUG,
            "info", LogLevel.INFO,
            "warning", LogLevel.WARNING,
            "warn", LogLevel.WARNING,
            "error", LogLevel.ERROR);

    private static final Map<Class<?>, Rule<?>> BY_TYPE = Map.of(
            boolean.class, trueOrFalse(),
            URI.class, AddressRules.recorder(),
            InetAddress.class, AddressRules.ownAddress(),
            Path.class, file(),
            LogLevel.class, logLevel(),
            Set.class, list(),
            Map.class, GroupRules.groups());
    private static final Map<Class<?>, BiFunction<Integer, Integer, Rule<?>>> BY_TYPE_AND_RANGE = Map.of(
            int.class, ValueRules::wholeNumber,
            float.class, ValueRules::decimal,
            Duration.class, ValueRules::time,
            Map.class, GroupRules::times);

    private ValueRules() {}

    /** The time that a text states, empty if it states none. */
    public static Optional<Duration> parseTime(String text) {
        Matcher time = TIME.matcher(text.strip());
        return time.matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(time.group(1)) * SECONDS.get(time.group(2))))
                : Optional.empty();
    }

    static Rule<?> of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    static Rule<?> of(Class<?> type, Configuration.Range range) {
        if (!range.orOff()) {
            return BY_TYPE_AND_RANGE.get(type).apply(range.min(), range.max());
        }
        return type == Duration.class
                ? orOff(time(range.min(), range.max()), Duration.ZERO)
                : orOff(wholeNumber(range.min(), range.max()), 0);
    }

    static Rule<Integer> port() {
        return wholeNumber(1, 65_535);
    }

    /** A time from {@code min} to {@code max} seconds, both inclusive. */
    static Rule<Duration> time(int min, int max) {
        String allowed = shown(min) + " to " + shown(max);
        return Rule.ofOne(OptionType.DURATION, allowed, text -> {
            Optional<Duration> time = parseTime(text);
            if (time.isEmpty()) {
                return refused("is not a time", TIME_SYNTAX);
            }
            long seconds = time.get().toSeconds();
            return seconds >= min && seconds <= max
                    ? accepted(time.get())
                    : refused("is out of range", "use a time from " + allowed);
        });
    }

    /** A rule that takes {@code off} too, for a value that stands for nothing. */
    private static <T> Rule<T> orOff(Rule<T> rule, T nothing) {
        return Rule.ofOne(rule.type(), rule.allowed(), text -> {
            Rule.Result<T> result = folded(text).equals("off")
                    ? accepted(nothing)
                    : rule.check().apply(List.of(text));
            return result instanceof Rule.Result.Refused<T> refused
                    ? refused(refused.rule(), refused.whatToDo() + ", or off")
                    : result;
        });
    }

    /** Any texts except blank ones, which are dropped. */
    private static Rule<Set<String>> list() {
        return new Rule<>(OptionType.TEXT_LIST, "", texts -> {
            Set<String> filled = new LinkedHashSet<>(texts);
            filled.removeIf(String::isBlank);
            return accepted(Collections.unmodifiableSet(filled));
        });
    }

    private static Rule<Boolean> trueOrFalse() {
        return Rule.ofOne(OptionType.BOOLEAN, "", text -> switch (folded(text)) {
            case "true" -> accepted(true);
            case "false" -> accepted(false);
            default -> refused("is neither true nor false", "use true or false");
        });
    }

    private static Rule<Integer> wholeNumber(int min, int max) {
        String allowed = min + " to " + max;
        String whatToDo = "use a whole number from " + allowed;
        return Rule.ofOne(OptionType.WHOLE_NUMBER, allowed, text -> {
            String number = text.strip();
            if (!WHOLE.matcher(number).matches()) {
                return refused("is not a whole number", whatToDo);
            }
            long value = number.length() <= MOST_DIGITS ? Long.parseLong(number) : Long.MAX_VALUE;
            return value >= min && value <= max ? accepted((int) value) : refused("is out of range", whatToDo);
        });
    }

    private static Rule<Float> decimal(int min, int max) {
        String allowed = min + " to " + max;
        String whatToDo = "use a number from " + allowed + ", such as " + (min + max) / 2f;
        return Rule.ofOne(OptionType.DECIMAL, allowed, text -> {
            if (!DECIMAL.matcher(text.strip()).matches()) {
                return refused("is not a number", whatToDo);
            }
            double value = Double.parseDouble(text.strip());
            return value >= min && value <= max ? accepted((float) value) : refused("is out of range", whatToDo);
        });
    }

    /** The path of a file, which need not exist. */
    private static Rule<Path> file() {
        return Rule.ofOne(OptionType.FILE, "", text -> {
            if (OptionType.isText(text)) {
                return refused(
                        "is the text of a file, not its path", "save the text as a file, and set the path of that");
            }
            try {
                return accepted(Path.of(text));
            } catch (InvalidPathException e) {
                return text.indexOf('\0') >= 0
                        ? refused("is not a path", "set the path of a file")
                        : refused("has letters that the locale cannot hold", "run the bridge with LC_ALL=C.UTF-8");
            }
        });
    }

    private static Rule<LogLevel> logLevel() {
        String allowed = "trace, debug, info, warning or error";
        return Rule.ofOne(OptionType.LOG_LEVEL, allowed, text -> {
            LogLevel level = LOG_LEVELS.get(folded(text));
            return level == null ? refused("is not a log level", "use " + allowed) : accepted(level);
        });
    }

    private static String folded(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** A time in its largest unit: {@code 86400} becomes {@code 1d}. */
    private static String shown(int seconds) {
        return SECONDS.entrySet().stream()
                .filter(unit -> seconds > 0 && seconds % unit.getValue() == 0)
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(unit -> seconds / unit.getValue() + unit.getKey())
                .orElse("0");
    }
}
