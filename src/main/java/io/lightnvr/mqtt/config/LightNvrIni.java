package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads options from {@code lightnvr.ini}, the recorder's own file: {@code [mqtt]} has those of {@code mqtt} and some
 * for Home Assistant, {@code [web]} the recorder's address and first user. As in the recorder, the last of several equal
 * keys counts, unknown keys do no harm, and {@code [web]} has the defaults port 8080, all addresses, user {@code admin}.
 */
final class LightNvrIni {

    private static final String MQTT = "mqtt";
    private static final String WEB = "web";
    private static final String NVR_USERNAME = "nvr.username";
    private static final String NVR_PASSWORD = "nvr.password";

    /** The recorder's keys in {@code [mqtt]} that have another name here. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "ha_discovery", "home_assistant.discovery",
            "ha_discovery_enabled", "home_assistant.discovery",
            "ha_discovery_prefix", "home_assistant.discovery_prefix");

    private static final Map<String, String> BOOLEANS =
            Map.of("yes", "true", "on", "true", "1", "true", "no", "false", "off", "false", "0", "false");
    private static final String DEFAULT_PORT = "8080";
    private static final String DEFAULT_USER = "admin";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> ALL_ADDRESSES = Set.of("", "0.0.0.0", "::");

    private final ConfigurationBuilder builder = new ConfigurationBuilder();
    private final Set<Option> seen = new HashSet<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, String> web = new HashMap<>();
    private boolean hasWeb;

    private LightNvrIni() {}

    /**
     * The options in the lines of a file.
     *
     * @param file the name of the file, for error texts
     */
    static ConfigurationBuilder read(String file, List<IniReader.Line> lines) {
        LightNvrIni ini = new LightNvrIni();
        lines.stream()
                .filter(line -> Set.of("", MQTT, WEB).contains(line.section()))
                .forEach(line -> ini.line(file, line));
        if (ini.hasWeb) {
            ini.recorder();
        }
        ini.noteUnknown();
        return ini.builder;
    }

    private void line(String file, IniReader.Line line) {
        hasWeb |= line.section().equals(WEB);
        if (line instanceof IniReader.Line.Malformed) {
            builder.problemOfMany(() -> Problem.of(
                    file,
                    "has no [section], key = value or comment in line " + line.number(),
                    "correct that line, or start it with ;"));
        } else if (line instanceof IniReader.Line.Entry entry) {
            if (entry.section().equals(MQTT)) {
                mqtt(entry);
            } else if (entry.section().equals(WEB)) {
                web(entry);
            }
        }
    }

    private void mqtt(IniReader.Line.Entry entry) {
        Optional<Option> option = Option.find(MQTT, entry.key())
                .or(() -> Optional.ofNullable(OTHER_NAMES.get(entry.key())).map(Option::of));
        if (option.isEmpty()) {
            unknown.add(entry.key());
            return;
        }
        String key = MQTT + "." + entry.key();
        if (!seen.add(option.get())) {
            builder.note("%s is set more than once; the value in line %d is used.".formatted(key, entry.number()));
        }
        String value = option.get().type() == OptionType.BOOLEAN
                ? BOOLEANS.getOrDefault(entry.value().toLowerCase(Locale.ROOT), entry.value())
                : entry.value();
        builder.put(option.get().key(), key, new Node.Scalar(value));
    }

    private void web(IniReader.Line.Entry entry) {
        String key = WEB + "." + entry.key();
        switch (entry.key()) {
            case "username" -> builder.put(NVR_USERNAME, key, new Node.Scalar(entry.value()));
            case "password" -> builder.put(NVR_PASSWORD, key, new Node.Scalar(entry.value()));
            default -> web.put(entry.key(), entry.value());
        }
    }

    private void recorder() {
        if (builder.has(NVR_PASSWORD) && !builder.has(NVR_USERNAME)) {
            builder.put(NVR_USERNAME, WEB + ".username", new Node.Scalar(DEFAULT_USER));
        }
        String port = web.getOrDefault("port", "");
        Optional<Integer> goodPort = checked(ValueRules.port(), "port", port.isEmpty() ? DEFAULT_PORT : port);
        String address = web.getOrDefault("bind_ip", "");
        Optional<String> host =
                checked(TextFormat.HOST.rule(), "bind_ip", ALL_ADDRESSES.contains(address) ? LOOPBACK : address);
        if (goodPort.isPresent() && host.isPresent()) {
            String inUrl = host.get().contains(":") ? "[" + host.get() + "]" : host.get();
            builder.put("nvr.url", WEB + ".bind_ip", new Node.Scalar("http://" + inUrl + ":" + goodPort.get()));
        }
    }

    private <T> Optional<T> checked(Rule<T> rule, String name, String text) {
        return rule.read(WEB + "." + name, new Node.Scalar(text), builder::problem);
    }

    private void noteUnknown() {
        if (!unknown.isEmpty()) {
            String keys =
                    unknown.stream().distinct().map(LightNvrIni::withSuggestion).collect(Collectors.joining(", "));
            builder.note("The bridge does not use these keys of [mqtt]: " + keys + ".");
        }
    }

    private static String withSuggestion(String key) {
        return KeySuggestions.shown(key)
                + KeySuggestions.meant(MQTT, key)
                        .filter(meant -> meant.startsWith(MQTT + "."))
                        .map(meant -> " (did you mean " + meant.substring(MQTT.length() + 1) + "?)")
                        .orElse("");
    }
}
