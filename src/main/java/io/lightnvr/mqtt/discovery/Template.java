package io.lightnvr.mqtt.discovery;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes templates for Home Assistant (Jinja). They render without a warning if a key is missing, or if the whole topic was
 * cleared. Text from elsewhere becomes part of them as a {@link #literal} only.
 */
final class Template {

    /** The payload's JSON. */
    static final String JSON = "(value_json | default({}))";

    private Template() {}

    /**
     * The value of a key of the JSON.
     *
     * @param key a key that this program defines
     * @param otherwise a literal that stands for a missing value
     */
    static String value(String key, String otherwise) {
        return "{{ " + JSON + "." + key + " | default(" + otherwise + ") }}";
    }

    /** The value of a key; unknown to Home Assistant if it is missing, null or empty. */
    static String known(String key) {
        return "{{ " + JSON + "." + key + " | default(none, true) }}";
    }

    /** A text, cut to the length that a state may have; {@code otherwise} if it is missing. */
    static String text(String key, String otherwise) {
        return "{{ (" + JSON + "." + key + " | default(" + otherwise + ", true) | string)[:255] }}";
    }

    /**
     * An event of Home Assistant, with its type and other keys of the JSON; nothing, which fires nothing, for other types and
     * where the condition does not hold.
     *
     * @param condition on the JSON, which it may call {@code e}
     */
    static String event(Collection<String> types, String condition, String... keys) {
        String fields = Stream.concat(Stream.of("event_type"), Stream.of(keys))
                .map(key -> "'" + key + "': e." + key)
                .collect(Collectors.joining(", ", "{", "}"));
        return "{% set e = " + JSON + " %}{% if e.event_type | default('') in " + list(types) + " and " + condition
                + " %}{{ " + fields + " | to_json }}{% endif %}";
    }

    /** The value of a switch among others that stand below a name. */
    static String within(String key, String name, String below) {
        return "{{ (" + JSON + "." + key + " | default({})).get(" + literal(name) + ", {}).get(" + literal(below)
                + ", 'OFF') }}";
    }

    /** The value of a switch among others. */
    static String within(String key, String name) {
        return "{{ (" + JSON + "." + key + " | default({})).get(" + literal(name) + ", 'OFF') }}";
    }

    /** The sum of those counts whose labels, in lower case, are among these. */
    static String sum(String key, Collection<String> labels) {
        return "{% set n = namespace(sum=0) %}{% for label, count in (" + JSON + "." + key
                + " | default({})).items() %}"
                + "{% if label | lower in " + list(labels) + " %}{% set n.sum = n.sum + count %}{% endif %}"
                + "{% endfor %}{{ n.sum }}";
    }

    static String list(Collection<String> texts) {
        return texts.stream().map(Template::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text in quotes, in which nothing can end the text or the template. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        text.codePoints().forEach(point -> {
            if (point < 0x80 && (Character.isLetterOrDigit(point) || point == '_' || point == '-' || point == ' ')) {
                literal.appendCodePoint(point);
            } else {
                literal.append(String.format("\\U%08x", point));
            }
        });
        return literal.append("'").toString();
    }
}
