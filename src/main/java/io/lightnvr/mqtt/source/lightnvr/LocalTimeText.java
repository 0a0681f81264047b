package io.lightnvr.mqtt.source.lightnvr;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/** Reads the recorder's local time as it writes it. A formatter of the JDK takes a tenth of a poll for that. */
final class LocalTimeText {

    private static final String SHAPE = "0000-00-00 00:00:00";

    /** Years outside this range are nonsense. */
    private static final int FIRST_YEAR = 1969;

    private static final int LAST_YEAR = 2106;

    private LocalTimeText() {}

    /** Reads a text such as {@code 2026-11-22 12:57:45}; empty if it is none, or nonsense. */
    static Optional<LocalDateTime> read(String text) {
        if (!hasShape(text)) {
            return Optional.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19));
            return time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean hasShape(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char letter = text.charAt(i);
            boolean isDigit = letter >= '0' && letter <= '9';
            if (SHAPE.charAt(i) == '0' ? !isDigit : letter != SHAPE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
