package io.lightnvr.mqtt.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Makes one line for the screen of each message, such as {@code 12:30:05 front_door  person 92 % at entrance   +14 ms}.
 * Whatever a message holds, the line holds no character that a terminal obeys.
 */
public final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_SHOWN = 4;
    private static final int LONGEST_WORD = 32;
    private static final int STREAM_WIDTH = 11;
    private static final int DETECTIONS_WIDTH = 38;

    private final ZoneId zone;

    /**
     * @param zone whose time the line shows
     */
    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param lateMillis from when the detection could be seen in the recorder to its arrival, if that is known
     */
    public String text(String topic, byte[] payload, OptionalLong lateMillis) {
        return ReceivedEvent.read(payload)
                .map(event -> text(event, lateMillis))
                .orElseGet(() -> harmless(topic) + ": not a detection event");
    }

    private String text(ReceivedEvent event, OptionalLong lateMillis) {
        String time = TIME.format(Instant.ofEpochSecond(event.second()).atZone(zone));
        String late = lateMillis.isPresent() ? String.format(Locale.ROOT, "%+,d ms", lateMillis.getAsLong()) : "";
        String line = String.format(
                "%s %s %s %s",
                time,
                padded(harmless(event.stream().raw()), STREAM_WIDTH),
                padded(detections(event.detections()), DETECTIONS_WIDTH),
                late);
        return line.stripTrailing();
    }

    private static String detections(List<ReceivedEvent.Seen> seen) {
        String shown = seen.stream().limit(MOST_SHOWN).map(EventLine::words).collect(Collectors.joining(", "));
        int more = seen.size() - MOST_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String words(ReceivedEvent.Seen seen) {
        String words = harmless(seen.label()) + " " + Math.round(seen.confidence() * 100) + " %";
        return seen.zone().isEmpty() ? words : words + " at " + harmless(seen.zone());
    }

    private static String padded(String text, int width) {
        int missing = width - text.codePointCount(0, text.length());
        return text + " ".repeat(Math.max(0, missing));
    }

    /** Foreign text as it may be shown: one line, no commands, not too long. */
    private static String harmless(String text) {
        String shown = text.codePoints()
                .limit(LONGEST_WORD)
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) > LONGEST_WORD ? shown + "…" : shown;
    }

    /** Not a control character, nor one that is invisible or turns the direction of the text. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
