package io.lightnvr.mqtt.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces what tells of people and places in a text that is to be published: names that are known, and whatever looks like an
 * address of a machine, a mail or a home folder. The same stays the same, so that the text can still be followed. A name that is a
 * word of the text itself tells of nobody, and stays: a stream called {@code person} would make the text unreadable. For one text.
 */
final class Pseudonyms {

    /** Words of the report, of topics and of what is logged. */
    private static final Set<String> WORDS = words("""
            a an and are as at be been before but by can cannot could does for from had has have how if in into is it its
            not no now of off on one or out own since so some such than that the their them there they this to was were
            what when where which who will with without yes you
            addon admin api app amd64 aarch64 availability bridge broker camera clip client config configuration connected
            connection core counts data debug detection detections device devices error event events false findings gone
            group groups hassio homeassistant host http https image info instance java last lightnvr linux local localhost
            log login message mosquitto motion mqtt mqtts name neighbours none null nvr offline online open other page
            part password pause person picture port prefix presence recorder root second seconds seen snapshot start
            started state status stream streams supervisor system tcp test tls topic topics trace true unknown update url
            user version visit visits waiting warn warning web zone zones""");

    private static final Pattern ONE_CHARACTER_OR_A_SMALL_NUMBER = Pattern.compile("\\p{ASCII}|\\d{1,4}");

    /** Addresses that tell of nobody. */
    private static final Pattern HARMLESS = Pattern.compile(
            "127\\.0\\.0\\.1|0\\.0\\.0\\.0|::1?|core-mosquitto|lightnvr[-_]mqtt|(?:[0-9a-f]{8}|local)-lightnvr[a-z-]*"
                    + "|homeassistant\\.local|github\\.com");

    private static final String HEX = "[0-9a-fA-F]{1,4}";
    private static final String HEX_GROUPS = HEX + "(?::" + HEX + "){0,6}";
    private static final String IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String HEX_PAIR = "[0-9a-fA-F]{2}";
    private static final String URL_HOST = "[^\\s/:?#\"'<>\\[\\](),;]*[^\\s/:?#\"'<>\\[\\](),;.]";

    /** Files and Java's packages have such endings, too. */
    private static final String NO_COUNTRY = "(?!(?:cc|db|go|gz|js|jz|md|py|rs|sh|so|ts)\\b)";

    /** Repetitions of groups are bounded, since each costs some of the stack. */
    private static final Pattern ADDRESS = Pattern.compile(
            String.join(
                    "|",
                    // A URL's host
                    "(?<=://)(?:\\[[0-9a-fA-F:.]+(?:%\\w+)?\\]|" + URL_HOST + ")",
                    // A hardware address
                    "(?<![\\w:-])" + HEX_PAIR + "(?:(?::" + HEX_PAIR + "){5}|(?:-" + HEX_PAIR + "){5})(?![\\w:-])",
                    // An IPv6 address: eight groups, or fewer with two colons among them; a time has neither
                    "(?<![\\w:])(?:(?:" + HEX_GROUPS + ")?::(?:" + HEX + ":){0,6}" + IPV4 + "|(?:" + HEX + ":){7}" + HEX
                            + "|(?:" + HEX_GROUPS + ")?::(?:" + HEX_GROUPS + ")?)(?:%\\w+)?(?![\\w:])",
                    // An IPv4 address
                    "(?<![\\d.])" + IPV4 + "(?!\\.?\\d)",
                    // A mail address, or a user at a host
                    "[\\w.+-]{1,64}@[\\w-]+(?:\\.[\\w-]+){0,30}",
                    // A name in a local network or the web, but no class of Java
                    "(?<![\\w.-])(?:\\w[\\w-]{0,62}\\.){1,30}(?:local|localdomain|lan|home|internal|intranet|private|corp|box|arpa"
                            + "|com|net|org|info|biz|name|dev|app|cloud|online|site|casa|house|family|xyz|"
                            + NO_COUNTRY + "[a-zA-Z]{2})(?![\\w-]|\\.\\w)"),
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern LOGIN = Pattern.compile("(?<=://)[^\\s/]*@");
    private static final Pattern HOME = Pattern.compile("(?<=[/\\\\](?:home|Users)[/\\\\])[^/\\\\\\s]+");

    private final Set<String> words = new HashSet<>(WORDS);
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.strip().split("\\s+")));
    }

    /** Leaves the words of some names alone, such as {@code mqtt} and {@code host} of {@code mqtt.host}. */
    Pseudonyms keep(Collection<String> names) {
        names.forEach(name -> words.addAll(Arrays.asList(folded(name).split("[^\\p{L}\\p{N}]+"))));
        return this;
    }

    /** Replaces a name, in all its spellings, by its kind and a number; one that tells of nobody, or is known, is left alone. */
    Pseudonyms hide(String kind, String... spellings) {
        Set<String> all = Arrays.stream(spellings)
                .filter(name -> !tellsOfNobody(folded(name)))
                .flatMap(name -> Stream.of(name, encoded(name), encoded(name).replace("+", "%20")))
                .flatMap(name -> Stream.of(name, folded(name)))
                .collect(Collectors.toSet());
        if (!all.isEmpty()) {
            String pseudonym = all.stream()
                    .filter(known::containsKey)
                    .map(known::get)
                    .findFirst()
                    .orElseGet(() -> next(kind));
            all.forEach(name -> known.putIfAbsent(name, pseudonym));
        }
        return this;
    }

    private boolean tellsOfNobody(String name) {
        return name.codePoints().noneMatch(Character::isLetterOrDigit)
                || words.contains(name)
                || ONE_CHARACTER_OR_A_SMALL_NUMBER.matcher(name).matches()
                || HARMLESS.matcher(name).matches();
    }

    private String next(String kind) {
        return kind + "-" + counts.merge(kind, 1, Integer::sum);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The text without what tells of people and places. */
    String apply(String text) {
        String named = LOGIN.matcher(replaceKnown(text)).replaceAll("");
        String addressed = ADDRESS.matcher(named).replaceAll(found -> Matcher.quoteReplacement(address(found.group())));
        return HOME.matcher(addressed).replaceAll("someone");
    }

    private String address(String found) {
        String host = folded(found.replaceAll("[\\[\\]]", ""));
        boolean isHarmless = tellsOfNobody(host) || known.containsValue(host);
        return isHarmless ? found : known.computeIfAbsent(host, any -> next("address"));
    }

    /** The longest first, since one may be a part of another; only whole words. */
    private String replaceKnown(String text) {
        if (known.isEmpty()) {
            return text;
        }
        Pattern any = Pattern.compile(
                known.keySet().stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Pseudonyms::wholeWord)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return any.matcher(text).replaceAll(found -> Matcher.quoteReplacement(pseudonym(found.group())));
    }

    private String pseudonym(String found) {
        return known.getOrDefault(found, known.getOrDefault(folded(found), "someone"));
    }

    private static String wholeWord(String name) {
        String begin = Character.isLetterOrDigit(name.codePointAt(0)) ? "(?<![\\p{L}\\p{N}])" : "";
        String end = Character.isLetterOrDigit(name.codePointBefore(name.length())) ? "(?![\\p{L}\\p{N}])" : "";
        return begin + Pattern.quote(name) + end;
    }
}
