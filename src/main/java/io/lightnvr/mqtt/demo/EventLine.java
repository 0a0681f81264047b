package io.lightnvr.mqtt.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Formats a message as one line for the screen, such as {@code 12:30:05 front_door  person 92 % at entrance   +14 ms}. The line
 * never contains a character that controls the terminal.
 */
public final class EventLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_SHOWN = 4;
    private static final int LONGEST_WORD = 32;
    private static final int STREAM_WIDTH = 11;
    private static final int DETECTIONS_WIDTH = 38;

    private final ZoneId zone;

    /**
     * @param zone of the time in the line
     */
    public EventLine(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * The line of a message.
     *
     * @param lateMillis from the moment the detection was visible in the recorder to the message's arrival, if known
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

    /** Text from elsewhere, cut and without the characters that must not reach a terminal. */
    private static String harmless(String text) {
        String shown = text.codePoints()
                .limit(LONGEST_WORD)
                .map(c -> isPrintable(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) > LONGEST_WORD ? shown + "…" : shown;
    }

    /** False for control characters, for invisible ones, and for those that change the direction of the text. */
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
