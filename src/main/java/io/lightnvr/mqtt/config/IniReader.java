package io.lightnvr.mqtt.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses INI text as the recorder's own parser (the library inih) does: {@code ;} or {@code #} starts a comment line,
 * {@code ;} after white space a comment up to the end of the line, {@code =} or {@code :} ends a key. Two extensions:
 * section names ignore case, and a value may stand in double quotes, which protect a {@code ;} in it.
 */
final class IniReader {

    /** {@code key = "a value ; of any kind"}, followed by nothing but a comment. */
    private static final Pattern QUOTED = Pattern.compile("[^=:]*[=:]\\s*\"([^\"]*)\"\\s*(;.*)?", Pattern.DOTALL);

    private static final Pattern SECTION = Pattern.compile("\\[([^]]*)].*", Pattern.DOTALL);
    private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s;.*", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("([^=:]*)[=:](.*)", Pattern.DOTALL);

    /**
     * A line that is neither blank nor a comment.
     *
     * @param number counted from 1
     * @param section in lower case, empty before the first header
     */
    sealed interface Line {
        int number();

        String section();

        record Header(int number, String section) implements Line {}

        record Entry(int number, String section, String key, String value) implements Line {}

        /** Neither a header nor an entry. Half a header belongs to no section. */
        record Malformed(int number, String section) implements Line {}
    }

    /** They are for one line after the other: a file may have a line for each three bytes. */
    private final Matcher quoted = QUOTED.matcher("");

    private final Matcher header = SECTION.matcher("");
    private final Matcher comment = TRAILING_COMMENT.matcher("");
    private final Matcher entry = ENTRY.matcher("");
    private final List<Line> lines = new ArrayList<>();
    private String section = "";

    private IniReader() {}

    static List<Line> read(String text) {
        IniReader reader = new IniReader();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(";") && !line.startsWith("#")) {
                reader.lines.add(reader.line(i + 1, line));
            }
        }
        return reader.lines;
    }

    private Line line(int number, String line) {
        if (line.startsWith("[")) {
            if (!header.reset(line).matches()) {
                return new Line.Malformed(number, "");
            }
            section = header.group(1).strip().toLowerCase(Locale.ROOT);
            return new Line.Header(number, section);
        }
        if (!entry.reset(comment.reset(line).replaceFirst("")).matches()
                || entry.group(1).isBlank()) {
            return new Line.Malformed(number, section);
        }
        String value =
                quoted.reset(line).matches() ? quoted.group(1) : entry.group(2).strip();
        return new Line.Entry(number, section, entry.group(1).strip(), value);
    }
}
