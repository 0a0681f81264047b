package io.lightnvr.mqtt.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Puts a configuration together from its values, with the rules and defaults that concern more than one option. */
final class ConfigurationBuilder {

    private static final int PLAIN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;
    private static final String INSTANCE = "lightnvr_mqtt";
    private static final List<Option<?>> TLS_ONLY =
            List.of(Options.TLS_CA_FILE, Options.TLS_CERT_FILE, Options.TLS_KEY_FILE, Options.TLS_KEY_PASSWORD);

    private final RawOptions given;
    private final Values values;
    private final Path folder;

    /**
     * @param folder what relative paths start from
     */
    ConfigurationBuilder(RawOptions given, Path folder) {
        this.given = given;
        this.values = Values.of(given);
        this.folder = folder;
    }

    /**
     * @throws ConfigurationException with all problems, those found before too
     */
    LoadedConfiguration assemble() throws ConfigurationException {
        checkTogether(Options.NVR_PASSWORD, Options.NVR_USERNAME);
        checkTogether(Options.PASSWORD, Options.USERNAME);
        noteUserWithoutPassword();
        checkTlsFiles();
        if (!given.problems().isEmpty()) {
            throw new ConfigurationException(given.problems());
        }
        return new LoadedConfiguration(
                new Configuration(
                        nvr(),
                        mqtt(),
                        homeAssistant(),
                        detections(),
                        outbox(),
                        new Configuration.CatchUp(values.get(Options.CATCH_UP_MAX_AGE)),
                        values.get(Options.LOG_LEVEL)),
                given.notes());
    }

    private Optional<Configuration.Nvr> nvr() {
        Optional<Secret> password = values.find(Options.NVR_PASSWORD);
        Optional<String> username = values.find(Options.NVR_USERNAME).filter(user -> password.isPresent());
        return values.find(Options.NVR_URL)
                .map(url -> new Configuration.Nvr(url, username, password, values.find(Options.NVR_API_KEY)));
    }

    private Configuration.Mqtt mqtt() {
        boolean tls = values.get(Options.TLS_ENABLED);
        return new Configuration.Mqtt(
                values.get(Options.ENABLED),
                values.find(Options.BROKER_HOST),
                values.find(Options.BROKER_PORT).orElse(tls ? TLS_PORT : PLAIN_PORT),
                values.find(Options.USERNAME),
                values.find(Options.PASSWORD),
                values.get(Options.CLIENT_ID),
                values.get(Options.TOPIC_PREFIX),
                tls,
                values.get(Options.KEEPALIVE),
                values.get(Options.QOS),
                values.get(Options.RETAIN),
                file(Options.TLS_CA_FILE),
                file(Options.TLS_CERT_FILE),
                file(Options.TLS_KEY_FILE),
                values.find(Options.TLS_KEY_PASSWORD),
                values.get(Options.MAX_INFLIGHT));
    }

    private Configuration.HomeAssistant homeAssistant() {
        return new Configuration.HomeAssistant(
                values.get(Options.DISCOVERY),
                values.get(Options.DISCOVERY_PREFIX),
                values.get(Options.BIRTH_TOPIC),
                values.find(Options.INSTANCE_ID).orElseGet(() -> instanceOf(values.get(Options.TOPIC_PREFIX))),
                values.get(Options.CLEAR_AFTER),
                values.get(Options.GROUPS),
                values.get(Options.GROUP_CLEAR_AFTER),
                values.get(Options.IMAGES),
                values.get(Options.FORGET_AFTER));
    }

    private Configuration.Detections detections() {
        return new Configuration.Detections(
                values.get(Options.LABELS),
                values.get(Options.MIN_CONFIDENCE),
                values.get(Options.STREAMS),
                values.get(Options.IGNORE_STREAMS));
    }

    private Configuration.Outbox outbox() {
        return new Configuration.Outbox(
                values.get(Options.MAX_EVENTS), values.get(Options.MAX_AGE), values.get(Options.DRAIN_RATE));
    }

    /** Says of an option that it is of no use without another one. */
    private void checkTogether(Option<?> one, Option<?> other) {
        if (given.has(one) && !given.has(other)) {
            String missing = given.keyOf(other);
            given.problem(Problem.of(
                    given.keyOf(one), "is set without " + missing, "set " + missing + " too, or neither of the two"));
        }
    }

    private void noteUserWithoutPassword() {
        if (given.has(Options.NVR_USERNAME) && !given.has(Options.NVR_PASSWORD) && !given.has(Options.NVR_API_KEY)) {
            given.note("%s is set without a password, so the bridge asks the recorder without a login."
                    .formatted(given.keyOf(Options.NVR_USERNAME)));
        }
    }

    private void checkTlsFiles() {
        // Without a host the Supervisor's broker may want TLS.
        if (!values.get(Options.TLS_ENABLED) && given.has(Options.BROKER_HOST)) {
            TLS_ONLY.stream().filter(given::has).forEach(this::noteNotUsed);
            return;
        }
        checkFile(Options.TLS_CA_FILE, "give the path of a PEM file with the broker's CA certificate");
        checkFile(Options.TLS_CERT_FILE, "give the path of a PEM file with the bridge's own certificate");
        checkFile(Options.TLS_KEY_FILE, "give the path of a PEM file with the key of the bridge's own certificate");
        checkTogether(Options.TLS_CERT_FILE, Options.TLS_KEY_FILE);
        checkTogether(Options.TLS_KEY_FILE, Options.TLS_CERT_FILE);
        checkTogether(Options.TLS_KEY_PASSWORD, Options.TLS_KEY_FILE);
    }

    private void noteNotUsed(Option<?> option) {
        given.note("%s is set and not used, because %s is false."
                .formatted(given.keyOf(option), given.keyOf(Options.TLS_ENABLED)));
    }

    private void checkFile(Option<Path> option, String whatToDo) {
        Optional<Path> file = file(option);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            String rule = Files.exists(file.get()) ? "is not a file that can be read" : "does not exist";
            given.problem(new Problem(given.keyOf(option), file.get().toString(), rule, whatToDo));
        }
    }

    private Optional<Path> file(Option<Path> option) {
        return values.find(option)
                .map(file -> folder.resolve(file).toAbsolutePath().normalize());
    }

    private static String instanceOf(String topicPrefix) {
        return topicPrefix.equals(Options.TOPIC_PREFIX.fallback().orElseThrow())
                ? INSTANCE
                : INSTANCE + "_" + topicPrefix.replaceAll("[^a-zA-Z0-9_-]", "_");
    }
}
