package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Validated.accepted;
import static io.lightnvr.mqtt.config.Validated.refused;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for names, topics and secrets. Lengths are of UTF-8, as MQTT counts them. */
final class TextRules {

    /** The most that a text can have in an MQTT packet (MQTT 5, 1.5.4). */
    private static final int MAX_BYTES = 65_535;
    /** Leaves room in a topic for a stream's name, which has 255 bytes at most. */
    private static final int MAX_PREFIX_BYTES = 1_024;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x{80}-\\x{9F}]");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final Pattern WILDCARD = Pattern.compile("[#+]");
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7E]+");

    private TextRules() {}

    static Rule<String> username() {
        return Rule.ofOne(OptionType.TEXT, text -> plain(text, MAX_BYTES));
    }

    /** Any characters, control characters too: a password is not ours to judge. */
    static Rule<Secret> password() {
        return Rule.ofOne(OptionType.SECRET, text -> {
            if (LONE_SURROGATE.matcher(text).find()) {
                return refused("holds half a character, which UTF-8 cannot write", "type it anew");
            }
            return bytes(text) > MAX_BYTES
                    ? refused("is too long for MQTT", "use at most " + MAX_BYTES + " bytes")
                    : accepted(new Secret(text));
        });
    }

    /** What can stand in an HTTP header; white space around it, as copying brings it along, is dropped. */
    static Rule<Secret> apiKey() {
        return Rule.ofOne(
                OptionType.SECRET,
                text -> VISIBLE_ASCII.matcher(text.strip()).matches()
                        ? accepted(new Secret(text.strip()))
                        : refused("holds a character that no API key has", "copy the key from the recorder anew"));
    }

    static Rule<String> clientId() {
        return Rule.ofOne(OptionType.TEXT, text -> filled(text, () -> plain(text, MAX_BYTES)));
    }

    /** The name of a topic. */
    static Rule<String> topic() {
        return Rule.ofOne(OptionType.TEXT, text -> topic(text, MAX_BYTES));
    }

    /** The first levels of a topic's name. */
    static Rule<String> topicPrefix() {
        return Rule.ofOne(OptionType.TEXT, text -> {
            if (text.startsWith("/") || text.endsWith("/")) {
                return refused("has a / at an end", "leave that / away");
            }
            return text.startsWith("$")
                    ? refused("begins with $, which brokers keep for themselves", "begin with another character")
                    : topic(text, MAX_PREFIX_BYTES);
        });
    }

    /** What Home Assistant takes as an id. */
    static Rule<String> instanceId() {
        return Rule.ofOne(
                OptionType.TEXT,
                text -> ID.matcher(text).matches()
                        ? accepted(text)
                        : refused("is not an id", "use letters a to z and A to Z, digits, _ and -"));
    }

    /** Any texts; empty ones do not count. */
    static Rule<Set<String>> list() {
        return new Rule<>(OptionType.TEXT_LIST, texts -> {
            Set<String> filled = new LinkedHashSet<>(texts);
            filled.removeIf(String::isBlank);
            return accepted(Collections.unmodifiableSet(filled));
        });
    }

    private static Validated<String> topic(String text, int maxBytes) {
        Matcher wildcard = WILDCARD.matcher(text);
        return filled(
                text,
                () -> wildcard.find()
                        ? refused("holds the wildcard " + wildcard.group(), "use a name without # and +")
                        : plain(text, maxBytes));
    }

    private static Validated<String> filled(String text, Supplier<Validated<String>> further) {
        return text.isBlank() ? refused("is empty", "give it a name, or leave the line away") : further.get();
    }

    private static Validated<String> plain(String text, int maxBytes) {
        if (CONTROL.matcher(text).find()) {
            return refused("holds a control character", "leave that character away");
        }
        if (LONE_SURROGATE.matcher(text).find()) {
            return refused("holds half a character, which UTF-8 cannot write", "type it anew");
        }
        return bytes(text) > maxBytes ? refused("is too long", "use at most " + maxBytes + " bytes") : accepted(text);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
