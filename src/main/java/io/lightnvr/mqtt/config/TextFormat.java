package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Rule.Result.accepted;
import static io.lightnvr.mqtt.config.Rule.Result.refused;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The formats of texts. Lengths are in bytes of UTF-8, as MQTT counts them. */
enum TextFormat {
    /** Text that MQTT can send, such as a user name. */
    PLAIN(OptionType.TEXT, TextFormat::plain),
    /** As {@link #PLAIN}, with control characters. */
    PASSWORD(OptionType.SECRET, text -> encodable(text, Limits.MQTT)),
    /** What people type to open the page. */
    PAGE_PASSWORD(OptionType.SECRET, TextFormat::pagePassword),
    /** The value of an HTTP header, without the white space around it that copying may add. */
    API_KEY(OptionType.SECRET, TextFormat::apiKey),
    CLIENT_ID(OptionType.TEXT, text -> filled(text).then(TextFormat::unpadded).then(TextFormat::plain)),
    /** The name of a topic. */
    TOPIC(OptionType.TEXT, text -> topic(text, Limits.MQTT)),
    /** The first levels of a topic's name. */
    TOPIC_PREFIX(OptionType.TEXT, TextFormat::topicPrefix),
    /** An id that Home Assistant takes. */
    ID(OptionType.TEXT, TextFormat::id),
    /** The name of a recorder, of which topics, ids and files are made. */
    RECORDER_NAME(OptionType.TEXT, TextFormat::recorderName),
    HOST(OptionType.ADDRESS, AddressRules::host),
    /** The URL of a broker, which may have a login in it. */
    BROKER_URL(OptionType.SECRET, AddressRules::broker);

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x{80}-\\x{9F}]");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern WILDCARD = Pattern.compile("[#+]");
    private static final Pattern NOT_IN_ID = Pattern.compile("[^a-zA-Z0-9_-]|^$");
    private static final Pattern NOT_IN_HEADER = Pattern.compile("[^\\x21-\\x7E]|^$");

    private static final Pattern RECORDER = Pattern.compile("[a-z0-9][a-z0-9_]{0,31}");

    /** Would make a client id or a device id that is somebody else's. */
    private static final Pattern TAKEN_NAME = Pattern.compile("bridge|check|events|forget|publish|(.*_)?stream(_.*)?");

    private static final int SHORTEST_PASSWORD = 8;

    private final OptionType type;
    private final Function<String, Rule.Result<String>> check;

    TextFormat(OptionType type, Function<String, Rule.Result<String>> check) {
        this.type = type;
        this.check = check;
    }

    Rule<String> rule() {
        return Rule.ofOne(type, "", check);
    }

    /** The rule for a text of this format that must not be printed. */
    Rule<Secret> secret() {
        return Rule.ofOne(type, "", text -> check.apply(text).then(secret -> accepted(new Secret(secret))));
    }

    private static Rule.Result<String> apiKey(String text) {
        return NOT_IN_HEADER.matcher(text.strip()).find()
                ? refused("contains a character that no API key has", "copy the key from the recorder again")
                : accepted(text.strip());
    }

    private static Rule.Result<String> pagePassword(String text) {
        return text.codePointCount(0, text.length()) < SHORTEST_PASSWORD
                ? refused("is too short", "use at least " + SHORTEST_PASSWORD + " characters")
                : plain(text, Limits.PASSWORD);
    }

    private static Rule.Result<String> id(String text) {
        return NOT_IN_ID.matcher(text).find()
                ? refused("is not an id", "use letters a to z and A to Z, digits, _ and -")
                : accepted(text);
    }

    private static Rule.Result<String> recorderName(String text) {
        if (!RECORDER.matcher(text).matches()) {
            return refused(
                    "is not a name for a recorder",
                    "use 1 to 32 letters a to z, digits and _, with a letter or a digit first");
        }
        return TAKEN_NAME.matcher(text).matches()
                ? refused("is a name that the bridge needs itself", "use another one")
                : accepted(text);
    }

    private static Rule.Result<String> topicPrefix(String text) {
        if (text.startsWith("/") || text.endsWith("/")) {
            return refused("starts or ends with /", "remove that /");
        }
        return text.startsWith("$")
                ? refused("starts with $, which brokers reserve for themselves", "start with another character")
                : topic(text, Limits.PREFIX);
    }

    private static Rule.Result<String> topic(String text, int maxBytes) {
        Matcher wildcard = WILDCARD.matcher(text);
        return wildcard.find()
                ? refused("contains the wildcard " + wildcard.group(), "use a name without # and +")
                : filled(text).then(TextFormat::unpadded).then(name -> plain(name, maxBytes));
    }

    private static Rule.Result<String> filled(String text) {
        return text.isBlank() ? refused("is empty", "set a value, or remove the line") : accepted(text);
    }

    /** A blank at an end is a slip that nobody sees, and another topic or client to the broker. */
    private static Rule.Result<String> unpadded(String text) {
        return text.equals(text.strip()) ? accepted(text) : refused("starts or ends with a blank", "remove that blank");
    }

    private static Rule.Result<String> plain(String text) {
        return plain(text, Limits.MQTT);
    }

    private static Rule.Result<String> plain(String text, int maxBytes) {
        return CONTROL.matcher(text).find()
                ? refused("contains a control character", "remove that character")
                : encodable(text, maxBytes);
    }

    private static Rule.Result<String> encodable(String text, int maxBytes) {
        if (LONE_SURROGATE.matcher(text).find()) {
            return refused("contains half a character, which UTF-8 cannot encode", "type it again");
        }
        return text.getBytes(StandardCharsets.UTF_8).length > maxBytes
                ? refused("is too long", "use at most " + maxBytes + " bytes")
                : accepted(text);
    }

    /** In bytes. */
    private static final class Limits {
        /** The longest text in an MQTT packet (MQTT 5, 1.5.4). */
        static final int MQTT = 65_535;
        /** Leaves room in a topic for a stream's name of up to 255 bytes. */
        static final int PREFIX = 1_024;
        /** Leaves room in the head of a request for everything else. */
        static final int PASSWORD = 1_024;
    }
}
