package io.lightnvr.mqtt.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of all options. Readers, checks, error texts and suggestions work from it: a new option is a line here and
 * a component of {@link Configuration}. Options of {@code mqtt} can stand in {@code lightnvr.ini} without more ado.
 */
public final class Options {

    /** The command line's name for {@link #NVR_URL}, which beats the file's. */
    static final String NVR_ARGUMENT = "--nvr";

    private static final List<Option<?>> ALL = new ArrayList<>();

    static final Option<URI> NVR_URL = option("nvr", "url", AddressRules.recorder());
    static final Option<String> NVR_USERNAME = option("nvr", "username", TextRules.username());
    static final Option<Secret> NVR_PASSWORD = option("nvr", "password", TextRules.password());
    static final Option<Secret> NVR_API_KEY = option("nvr", "api_key", TextRules.apiKey());

    static final Option<Boolean> ENABLED = option("mqtt", "enabled", ValueRules.yesOrNo(), true);
    static final Option<String> BROKER_HOST = option("mqtt", "broker_host", AddressRules.host());
    static final Option<Integer> BROKER_PORT = option("mqtt", "broker_port", ValueRules.port());
    static final Option<String> USERNAME = option("mqtt", "username", TextRules.username());
    static final Option<Secret> PASSWORD = option("mqtt", "password", TextRules.password());
    static final Option<String> CLIENT_ID = option("mqtt", "client_id", TextRules.clientId(), "lightnvr-mqtt");
    static final Option<String> TOPIC_PREFIX = option("mqtt", "topic_prefix", TextRules.topicPrefix(), "lightnvr");
    static final Option<Boolean> TLS_ENABLED = option("mqtt", "tls_enabled", ValueRules.yesOrNo(), false);
    static final Option<Duration> KEEPALIVE =
            option("mqtt", "keepalive", ValueRules.duration(0, 65_535), Duration.ofSeconds(60));
    static final Option<Integer> QOS = option("mqtt", "qos", ValueRules.qos(), 1);
    static final Option<Boolean> RETAIN = option("mqtt", "retain", ValueRules.yesOrNo(), false);
    static final Option<Path> TLS_CA_FILE = option("mqtt", "tls_ca_file", ValueRules.file());
    static final Option<Path> TLS_CERT_FILE = option("mqtt", "tls_cert_file", ValueRules.file());
    static final Option<Path> TLS_KEY_FILE = option("mqtt", "tls_key_file", ValueRules.file());
    static final Option<Secret> TLS_KEY_PASSWORD = option("mqtt", "tls_key_password", TextRules.password());
    static final Option<Integer> MAX_INFLIGHT =
            option("mqtt", "max_inflight", ValueRules.wholeNumber(1, 1_000, "a number of messages"), 20);

    static final Option<Boolean> DISCOVERY = option("home_assistant", "discovery", ValueRules.yesOrNo(), true);
    static final Option<String> DISCOVERY_PREFIX =
            option("home_assistant", "discovery_prefix", TextRules.topicPrefix(), "homeassistant");
    static final Option<String> BIRTH_TOPIC =
            option("home_assistant", "birth_topic", TextRules.topic(), "homeassistant/status");
    static final Option<String> INSTANCE_ID = option("home_assistant", "instance_id", TextRules.instanceId());
    static final Option<Duration> CLEAR_AFTER =
            option("home_assistant", "clear_after", ValueRules.duration(1, 86_400), Duration.ofSeconds(30));
    static final Option<Map<String, Set<String>>> GROUPS =
            option("home_assistant", "groups", GroupRules.groups(), Map.of());
    static final Option<Map<String, Duration>> GROUP_CLEAR_AFTER =
            option("home_assistant", "group_clear_after", GroupRules.times(), Map.of());
    static final Option<Boolean> IMAGES = option("home_assistant", "images", ValueRules.yesOrNo(), false);
    static final Option<Duration> FORGET_AFTER =
            option("home_assistant", "forget_after", ValueRules.duration(0, 2_592_000), Duration.ofMinutes(10));

    static final Option<Set<String>> LABELS = option("detections", "labels", TextRules.list(), Set.of());
    static final Option<Float> MIN_CONFIDENCE = option("detections", "min_confidence", ValueRules.confidence(), 0f);
    static final Option<Set<String>> STREAMS = option("detections", "streams", TextRules.list(), Set.of());
    static final Option<Set<String>> IGNORE_STREAMS =
            option("detections", "ignore_streams", TextRules.list(), Set.of());

    static final Option<Integer> MAX_EVENTS =
            option("outbox", "max_events", ValueRules.wholeNumber(1, 1_000_000, "a number of events"), 100_000);
    static final Option<Duration> MAX_AGE =
            option("outbox", "max_age", ValueRules.duration(60, 2_592_000), Duration.ofDays(1));
    static final Option<Integer> DRAIN_RATE =
            option("outbox", "drain_rate", ValueRules.wholeNumber(0, 100_000, "a number of events a second"), 500);

    static final Option<Duration> CATCH_UP_MAX_AGE =
            option("catch_up", "max_age", ValueRules.duration(0, 2_592_000), Duration.ofHours(1));

    static final Option<LogLevel> LOG_LEVEL = option("", "log_level", ValueRules.logLevel(), LogLevel.INFO);

    private Options() {}

    /** Every option, in the order in which a person would read them. */
    public static List<Option<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    private static <T> Option<T> option(String section, String name, Rule<T> rule) {
        return add(new Option<>(section, name, rule, Optional.empty()));
    }

    private static <T> Option<T> option(String section, String name, Rule<T> rule, T fallback) {
        return add(new Option<>(section, name, rule, Optional.of(fallback)));
    }

    private static <T> Option<T> add(Option<T> option) {
        ALL.add(option);
        return option;
    }
}
