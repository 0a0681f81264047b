package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The spelling of {@code lightnvr.ini}, the recorder's own file: {@code [mqtt]} with our options and what Home
 * Assistant is to see, {@code [web]} with the recorder's address and login. As for the recorder, the last of several
 * equal keys holds, and what it does not know does no harm.
 */
final class IniSpelling {

    private static final String MQTT = "mqtt";
    private static final Map<String, Option<?>> OTHER_NAMES = Map.of(
            "ha_discovery", Options.DISCOVERY,
            "ha_discovery_enabled", Options.DISCOVERY,
            "ha_discovery_prefix", Options.DISCOVERY_PREFIX);
    private static final Map<String, String> SWITCHES =
            Map.of("yes", "true", "on", "true", "1", "true", "no", "false", "off", "false", "0", "false");

    private final RawOptions given = new RawOptions();
    private final WebSection web = new WebSection(given);
    private final Set<Option<?>> seen = new HashSet<>();
    private final List<String> unknown = new ArrayList<>();

    private IniSpelling() {}

    /**
     * @param file the file's name, for the error texts
     */
    static RawOptions read(String file, List<IniReader.Line> lines) {
        IniSpelling spelling = new IniSpelling();
        lines.forEach(line -> spelling.line(file, line));
        spelling.web.giveAddress();
        spelling.noteUnknown();
        return spelling.given;
    }

    private void line(String file, IniReader.Line line) {
        boolean ours = Set.of("", MQTT, WebSection.NAME).contains(line.section());
        if (line instanceof IniReader.Line.Broken && ours) {
            given.problem(Problem.of(
                    file,
                    "has neither a [section] nor key = value nor a comment in line " + line.number(),
                    "put it right, or begin it with ;"));
        } else if (line.section().equals(WebSection.NAME)) {
            web.line(line);
        } else if (line.section().equals(MQTT) && line instanceof IniReader.Line.Entry entry) {
            mqtt(entry);
        }
    }

    private void mqtt(IniReader.Line.Entry entry) {
        Optional<Option<?>> option = optionOf(entry.key());
        if (option.isEmpty()) {
            unknown.add(entry.key());
            return;
        }
        String key = MQTT + "." + entry.key();
        if (!seen.add(option.get())) {
            given.note("%s is set more than once; line %d holds.".formatted(key, entry.number()));
        }
        given.put(option.get(), key, new Node.Scalar(text(option.get(), entry.value())));
    }

    private static Optional<Option<?>> optionOf(String key) {
        return Options.all().stream()
                .filter(option -> option.section().equals(MQTT) && option.name().equals(key))
                .findFirst()
                .or(() -> Optional.ofNullable(OTHER_NAMES.get(key)));
    }

    private static String text(Option<?> option, String value) {
        return option.type() == OptionType.BOOLEAN
                ? SWITCHES.getOrDefault(value.toLowerCase(Locale.ROOT), value)
                : value;
    }

    private void noteUnknown() {
        if (!unknown.isEmpty()) {
            String keys =
                    unknown.stream().distinct().map(IniSpelling::withSuggestion).collect(Collectors.joining(", "));
            given.note("In [mqtt] the bridge does not use " + keys + ".");
        }
    }

    private static String withSuggestion(String key) {
        return KeyNames.shown(key)
                + KeyNames.meant(MQTT, key)
                        .filter(meant -> meant.startsWith(MQTT + "."))
                        .map(meant -> " (did you mean " + meant.substring(MQTT.length() + 1) + "?)")
                        .orElse("");
    }
}
