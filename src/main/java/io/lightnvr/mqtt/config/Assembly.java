package io.lightnvr.mqtt.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a configuration together from its values, with the rules and defaults that concern more than one option. */
final class Assembly {

    private static final int PLAIN_PORT = 1_883;
    private static final int TLS_PORT = 8_883;
    private static final String INSTANCE = "lightnvr_mqtt";

    private final Given given;
    private final Values values;
    private final Path folder;

    /**
     * @param folder what relative paths start from
     */
    Assembly(Given given, Path folder) {
        this.given = given;
        this.values = Values.of(given);
        this.folder = folder;
    }

    /**
     * @throws ConfigurationException with all problems, those found before too
     */
    Loaded assemble() throws ConfigurationException {
        checkLogin(Options.NVR_USERNAME, Options.NVR_PASSWORD);
        checkLogin(Options.USERNAME, Options.PASSWORD);
        noteUserWithoutPassword();
        checkCaFile();
        if (!given.problems().isEmpty()) {
            throw new ConfigurationException(given.problems());
        }
        return new Loaded(
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
                caFile(),
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

    private void checkLogin(Option<String> username, Option<Secret> password) {
        if (given.has(password) && !given.has(username)) {
            String user = given.keyOf(username);
            given.problem(Problem.of(
                    given.keyOf(password), "is set without " + user, "set " + user + " too, or neither of the two"));
        }
    }

    private void noteUserWithoutPassword() {
        if (given.has(Options.NVR_USERNAME) && !given.has(Options.NVR_PASSWORD) && !given.has(Options.NVR_API_KEY)) {
            given.note("%s is set without a password, so the bridge asks the recorder without a login."
                    .formatted(given.keyOf(Options.NVR_USERNAME)));
        }
    }

    private void checkCaFile() {
        Optional<Path> file = caFile();
        if (file.isEmpty()) {
            return;
        }
        String key = given.keyOf(Options.TLS_CA_FILE);
        // Without a host the Supervisor's broker may want TLS.
        if (!values.get(Options.TLS_ENABLED) && given.has(Options.BROKER_HOST)) {
            given.note("%s is set and not used, because %s is false.".formatted(key, given.keyOf(Options.TLS_ENABLED)));
        } else if (!Files.isRegularFile(file.get()) || !Files.isReadable(file.get())) {
            String rule = Files.exists(file.get()) ? "is not a file that can be read" : "does not exist";
            given.problem(new Problem(
                    key, file.get().toString(), rule, "give the path of a PEM file with the broker's CA certificate"));
        }
    }

    private Optional<Path> caFile() {
        return values.find(Options.TLS_CA_FILE)
                .map(file -> folder.resolve(file).toAbsolutePath().normalize());
    }

    private static String instanceOf(String topicPrefix) {
        return topicPrefix.equals(Options.TOPIC_PREFIX.fallback().orElseThrow())
                ? INSTANCE
                : INSTANCE + "_" + topicPrefix.replaceAll("[^a-zA-Z0-9_-]", "_");
    }
}
