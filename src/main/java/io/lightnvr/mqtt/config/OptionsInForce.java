package io.lightnvr.mqtt.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells people which options are in force. */
public final class OptionsInForce {

    private static final String HIDDEN = "(hidden)";

    private OptionsInForce() {}

    /** The keys and values of all options that have one, in the order of their declaration; secrets are hidden. */
    public static Map<String, String> of(Configuration configuration) {
        Map<String, String> all = new LinkedHashMap<>();
        OptionRecords.values(configuration).forEach((key, value) -> shown(value).ifPresent(text -> all.put(key, text)));
        return all;
    }

    /** The same of all recorders: what differs between them is told of each, spelled as for that one. */
    public static Map<String, String> of(LoadedConfiguration loaded) {
        Map<String, Map<RecorderEntry, String>> all = new LinkedHashMap<>();
        loaded.recorders()
                .forEach(recorder -> recorder.configuration()
                        .ifPresent(configuration -> of(configuration)
                                .forEach((key, value) -> all.computeIfAbsent(key, any -> new LinkedHashMap<>())
                                        .put(recorder, value))));
        long usable = loaded.recorders().stream()
                .filter(recorder -> recorder.configuration().isPresent())
                .count();
        Map<String, String> told = new LinkedHashMap<>();
        all.forEach((key, values) -> {
            boolean isShared = values.size() == usable
                    && values.values().stream().distinct().count() == 1;
            values.forEach((recorder, value) -> told.put(isShared ? key : ofOne(recorder, key), value));
        });
        return told;
    }

    private static String ofOne(RecorderEntry recorder, String key) {
        String spelled = recorder.spelled(key);
        return spelled.equals(key) && !key.startsWith(RecorderOption.SINGLE + ".")
                ? key + " (" + recorder.name() + ")"
                : spelled;
    }

    private static Optional<String> shown(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.flatMap(OptionsInForce::shown);
        } else if (value instanceof Secret) {
            return Optional.of(HIDDEN);
        } else if (value instanceof Duration duration) {
            return Optional.of(time(duration));
        } else if (value instanceof Collection<?> texts) {
            return texts.isEmpty() ? Optional.empty() : Optional.of(joined(texts));
        } else if (value instanceof Map<?, ?> named) {
            return named.isEmpty()
                    ? Optional.empty()
                    : Optional.of(named.entrySet().stream()
                            .map(entry -> entry.getKey() + ": "
                                    + shown(entry.getValue()).orElse(""))
                            .collect(Collectors.joining("; ")));
        } else if (value instanceof InetAddress address) {
            return Optional.of(address.getHostAddress());
        } else if (value instanceof Float number && number == number.intValue()) {
            return Optional.of(Integer.toString(number.intValue()));
        } else if (value instanceof LogLevel level) {
            return Optional.of(level.name().toLowerCase(Locale.ROOT));
        }
        return Optional.of(value.toString());
    }

    /** As the documents write it: in the largest unit that leaves no rest. */
    private static String time(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return "0";
        } else if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String joined(Collection<?> texts) {
        return texts.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
