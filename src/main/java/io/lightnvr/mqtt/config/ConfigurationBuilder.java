package io.lightnvr.mqtt.config;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Builds a configuration out of what a user wrote for each option: checks each value, then what concerns more than one.
 * Collects all problems instead of stopping at the first.
 */
final class ConfigurationBuilder {

    private static final int MOST_PROBLEMS = 100;
    private static final int PLAIN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;
    private static final String INSTANCE = "lightnvr_mqtt";

    private static final String NVR_NAME = "nvr.name";
    private static final String NVR_USERNAME = "nvr.username";
    private static final String NVR_PASSWORD = "nvr.password";
    private static final String MQTT_USERNAME = "mqtt.username";
    private static final String MQTT_PASSWORD = "mqtt.password";
    private static final String BROKER_PORT = "mqtt.broker_port";
    private static final String TOPIC_PREFIX = "mqtt.topic_prefix";
    private static final String TLS_ENABLED = "mqtt.tls_enabled";
    private static final String TLS_CA_FILE = "mqtt.tls_ca_file";
    private static final String TLS_CERT_FILE = "mqtt.tls_cert_file";
    private static final String TLS_KEY_FILE = "mqtt.tls_key_file";
    private static final String TLS_KEY_PASSWORD = "mqtt.tls_key_password";
    private static final String WEB_PORT = "web.port";
    private static final String WEB_BIND = "web.bind";
    private static final String WEB_PASSWORD = "web.password";

    /**
     * A value that is not yet checked.
     *
     * @param key the option as the user spelled it, for the error texts
     */
    private record Raw(String key, Node node) {}

    private final Map<Option, Raw> raw = new LinkedHashMap<>();
    private final Map<Option, Object> values = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<RecorderList.Entry> recorders = new ArrayList<>();
    private final String place;
    private int furtherProblems;

    ConfigurationBuilder() {
        this(RecorderOption.SINGLE);
    }

    private ConfigurationBuilder(String place) {
        this.place = place;
    }

    /** The same options, but for some, as those of one recorder. */
    ConfigurationBuilder copy(String recorderPlace, Predicate<Option> kept) {
        ConfigurationBuilder copy = new ConfigurationBuilder(recorderPlace);
        raw.forEach((option, value) -> {
            if (kept.test(option)) {
                copy.raw.put(option, value);
            }
        });
        return copy;
    }

    /** Sets an option; a later value replaces an earlier one. */
    ConfigurationBuilder put(String option, String key, Node node) {
        raw.put(Option.of(option), new Raw(key, node));
        return this;
    }

    /** Adds a recorder with its options, by their names in the list. */
    void recorder(String where, Map<String, Node> options) {
        recorders.add(new RecorderList.Entry(where, options));
    }

    /** Whether there is a list of recorders. */
    boolean hasRecorders() {
        return !recorders.isEmpty();
    }

    /** Whether an option of this section has a value. */
    boolean hasAnyIn(String section) {
        return raw.keySet().stream().anyMatch(option -> option.section().equals(section) && has(option));
    }

    void problem(Problem problem) {
        problemOfMany(() -> problem);
    }

    /** Adds a problem of which there may be thousands: more than anybody reads are only counted, and not made. */
    void problemOfMany(Supplier<Problem> problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem.get());
        } else {
            furtherProblems++;
        }
    }

    /** Adds a whole sentence for the user. */
    void note(String sentence) {
        notes.add(sentence);
    }

    /** Whether an option has a value, good or bad. Null has none, and blank text has none where it may be blank. */
    boolean has(String option) {
        return has(Option.of(option));
    }

    /**
     * The name of the recorder.
     *
     * @param otherwise what to call it where it has none that can be used
     * @param problem takes what is wrong with it
     */
    String nameOr(String otherwise, Consumer<Problem> problem) {
        Option option = Option.of(NVR_NAME);
        if (!has(option)) {
            return place.equals(RecorderOption.SINGLE) ? option.defaultValue().orElseThrow() : otherwise;
        }
        Raw written = raw.get(option);
        return option.rule()
                .read(written.key(), written.node(), problem)
                .map(Object::toString)
                .orElse(otherwise);
    }

    /**
     * The configuration; to be called once.
     *
     * @param folder the start of relative paths
     * @param known the recorders that were there before
     * @throws ConfigurationException with all problems
     */
    LoadedConfiguration build(Path folder, KnownRecorders known) throws ConfigurationException {
        Attempt own = attempt(folder);
        if (hasRecorders() || isBesideTheMain(known)) {
            return new RecorderList(this, recorders, own.problems(), folder).build(known);
        }
        Configuration configuration = own.configuration().orElseThrow(() -> new ConfigurationException(own.problems()));
        return LoadedConfiguration.single(configuration, own.notes());
    }

    /** Whether the single recorder is one that had files of its own when there were several. */
    private boolean isBesideTheMain(KnownRecorders known) {
        return has("nvr.url")
                && known.mainOf(List.of(nameOr(RecorderOption.SINGLE, problem -> {})))
                        .isEmpty();
    }

    /**
     * What came of the options.
     *
     * @param configuration absent if there are problems
     */
    record Attempt(Optional<Configuration> configuration, List<Problem> problems, List<String> notes) {}

    /** Makes a configuration of the options, without the list of recorders; to be called once. */
    Attempt attempt(Path folder) {
        readValues(folder);
        checkLogins();
        checkTlsFiles();
        checkPage();
        if (furtherProblems > 0) {
            problems.add(Problem.of(
                    "the configuration", "has " + furtherProblems + " more problems", "correct these first"));
        }
        if (!problems.isEmpty()) {
            return new Attempt(Optional.empty(), List.copyOf(problems), notes);
        }
        deriveDefaults();
        Configuration configuration = OptionRecords.fill(option -> Optional.ofNullable(values.get(option)));
        return new Attempt(Optional.of(configuration), List.of(), notes);
    }

    private void readValues(Path folder) {
        Option.all()
                .forEach(option -> option.defaultValue()
                        .flatMap(text -> option.rule().read(option.key(), new Node.Scalar(text), this::problem))
                        .ifPresent(value -> values.put(option, value)));
        raw.forEach((option, entry) -> {
            if (entry.node() instanceof Node.Null empty
                    && !empty.writtenAt().isEmpty()
                    && option.type().isFreeText()) {
                problem(Problem.of(
                        entry.key(),
                        "is null in YAML" + empty.writtenAt(),
                        "put it in quotes if it is the value, else remove the line"));
            } else if (has(option)) {
                option.rule()
                        .read(entry.key(), entry.node(), this::problem)
                        .ifPresent(value -> values.put(
                                option,
                                value instanceof Path file
                                        ? folder.resolve(file).toAbsolutePath().normalize()
                                        : value));
            }
        });
    }

    private void checkLogins() {
        checkTogether(NVR_PASSWORD, NVR_USERNAME);
        checkTogether(MQTT_PASSWORD, MQTT_USERNAME);
        if (has(MQTT_USERNAME) && !has(MQTT_PASSWORD)) {
            note("%s is set without a password: set %s too, unless the broker wants none."
                    .formatted(keyOf(MQTT_USERNAME), keyOf(MQTT_PASSWORD)));
        }
        if (has(NVR_USERNAME) && !has(NVR_PASSWORD)) {
            values.remove(Option.of(NVR_USERNAME));
            if (!has("nvr.api_key")) {
                note("%s is set without a password, so the bridge reads the recorder without a login."
                        .formatted(keyOf(NVR_USERNAME)));
            }
        }
    }

    private void checkTlsFiles() {
        // Without a host the Supervisor's broker may want TLS.
        if (!isTlsEnabled() && has("mqtt.broker_host")) {
            List.of(TLS_CA_FILE, TLS_CERT_FILE, TLS_KEY_FILE, TLS_KEY_PASSWORD).stream()
                    .filter(this::has)
                    .forEach(option -> note("%s is set but not used, because %s is false."
                            .formatted(keyOf(option), keyOf(TLS_ENABLED))));
            return;
        }
        checkFile(TLS_CA_FILE, "set the path of a PEM file with the broker's CA certificate");
        checkFile(TLS_CERT_FILE, "set the path of a PEM file with the bridge's client certificate");
        checkFile(TLS_KEY_FILE, "set the path of a PEM file with the key of the bridge's client certificate");
        checkTogether(TLS_CERT_FILE, TLS_KEY_FILE);
        checkTogether(TLS_KEY_FILE, TLS_CERT_FILE);
        checkTogether(TLS_KEY_PASSWORD, TLS_KEY_FILE);
    }

    private void checkPage() {
        if (values.get(Option.of(WEB_PORT)).equals(0)) {
            List.of(WEB_BIND, WEB_PASSWORD).stream()
                    .filter(this::has)
                    .forEach(option -> note(
                            "%s is set but not used, because %s is off.".formatted(keyOf(option), keyOf(WEB_PORT))));
        } else if (values.get(Option.of(WEB_BIND)) instanceof InetAddress address
                && !address.isLoopbackAddress()
                && !has(WEB_PASSWORD)) {
            problem(Problem.of(
                    WEB_PASSWORD,
                    "is missing, and others can reach " + address.getHostAddress(),
                    "set one of at least 8 characters, or set %s to 127.0.0.1".formatted(keyOf(WEB_BIND))));
        }
    }

    /** Refuses an option that needs another one and lacks it. */
    private void checkTogether(String option, String needed) {
        if (has(option) && !has(needed)) {
            problem(Problem.of(keyOf(option), "is set without " + keyOf(needed), "set both of them or neither"));
        }
    }

    private void checkFile(String option, String whatToDo) {
        if (values.get(Option.of(option)) instanceof Path file
                && !(Files.isRegularFile(file) && Files.isReadable(file))) {
            String rule = Files.exists(file) ? "is not a readable file" : "does not exist";
            problem(new Problem(keyOf(option), file.toString(), rule, whatToDo));
        }
    }

    private void deriveDefaults() {
        values.putIfAbsent(Option.of(BROKER_PORT), isTlsEnabled() ? TLS_PORT : PLAIN_PORT);
        String prefix = values.get(Option.of(TOPIC_PREFIX)).toString();
        boolean isDefault = Option.of(TOPIC_PREFIX).defaultValue().equals(Optional.of(prefix));
        values.putIfAbsent(
                Option.of("home_assistant.instance_id"),
                isDefault ? INSTANCE : INSTANCE + "_" + prefix.replaceAll("[^a-zA-Z0-9_-]", "_"));
    }

    private boolean isTlsEnabled() {
        return values.get(Option.of(TLS_ENABLED)).equals(true);
    }

    private boolean has(Option option) {
        if (!raw.containsKey(option)) {
            return false;
        }
        Node node = raw.get(option).node();
        boolean isBlank = node instanceof Node.Scalar scalar && scalar.text().isBlank();
        return !(node instanceof Node.Null) && !(isBlank && option.mayBeBlank());
    }

    /** An option as the user spelled it, or by its own key. */
    private String keyOf(String option) {
        return raw.containsKey(Option.of(option))
                ? raw.get(Option.of(option)).key()
                : RecorderOption.spelled(place, option);
    }
}
