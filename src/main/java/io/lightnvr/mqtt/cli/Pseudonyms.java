package io.lightnvr.mqtt.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces what tells of people and places in a text that is to be published: names that are known, and whatever looks like an
 * address of a machine, a mail or a home folder. The same stays the same, so that the text can still be followed. For one text.
 */
final class Pseudonyms {

    /** Addresses that tell of nobody. */
    private static final Pattern HARMLESS = Pattern.compile(
            "localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|::1?|supervisor|core-mosquitto|.*\\.?(lightnvr|homeassistant|mosquitto)");

    private static final Pattern ADDRESS = Pattern.compile(String.join(
            "|",
            // A URL's host, with what stands before and after it
            "(?<=://)(?:[^\\s/@]*@)?(?:\\[[0-9a-fA-F:.%]+\\]|[^\\s/:?#\"'<>]+)",
            // An IPv4 address
            "(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.]*\\d)",
            // An IPv6 address of some length
            "(?<![\\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}(?:%\\w+)?(?![\\w:])",
            // A mail address, or a user at a host
            "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)*",
            // A name in a local network or the web
            "(?<![\\w./-])(?:[a-zA-Z0-9](?:[\\w-]*[a-zA-Z0-9])?\\.)+"
                    + "(?:local|lan|home|internal|fritz\\.box|arpa|com|net|org|io|de|eu|fr|uk|nl|pl|es|it|ch|at|be|us|dev|me|xyz)"
                    + "(?![\\w-])"));

    private static final Pattern HOME = Pattern.compile("(?<=/(?:home|Users)/)[^/\\s]+");

    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Replaces a name by its kind and a number; an empty one, or one that is known, is left alone. */
    Pseudonyms hide(String kind, String name) {
        if (!name.isBlank()) {
            known.computeIfAbsent(name, any -> next(kind));
        }
        return this;
    }

    private String next(String kind) {
        return kind + "-" + counts.merge(kind, 1, Integer::sum);
    }

    /** The text without what tells of people and places. */
    String apply(String text) {
        String named = replaceKnown(text);
        String addressed = ADDRESS.matcher(named).replaceAll(found -> Matcher.quoteReplacement(address(found.group())));
        return HOME.matcher(addressed).replaceAll("someone");
    }

    private String address(String found) {
        String host = found.replaceFirst("^[^@]*@", "");
        boolean isHarmless = HARMLESS.matcher(host.toLowerCase(Locale.ROOT)).matches() || known.containsValue(host);
        return isHarmless ? host : known.computeIfAbsent(found, any -> next("address"));
    }

    /** The longest first, since one may be a part of another; only whole words. */
    private String replaceKnown(String text) {
        List<String> names = new ArrayList<>(known.keySet());
        names.sort(Comparator.comparingInt(String::length).reversed());
        if (names.isEmpty()) {
            return text;
        }
        Pattern any = Pattern.compile(
                names.stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                Pattern.UNICODE_CHARACTER_CLASS);
        return any.matcher(text).replaceAll(found -> Matcher.quoteReplacement(known.get(found.group())));
    }
}
