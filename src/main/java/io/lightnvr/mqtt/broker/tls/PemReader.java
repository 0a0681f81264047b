package io.lightnvr.mqtt.broker.tls;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the PEM blocks in a text; other text between them is skipped, and so is a block that is cut off. It looks at each character
 * a few times at most, whatever the text: a regular expression for whole blocks takes hours, or all of the stack, for some.
 */
final class PemReader {

    private static final String DASHES = "-----";
    private static final String BEGIN = DASHES + "BEGIN ";
    private static final String END = DASHES + "END ";

    private final String text;
    private final List<PemBlock> blocks = new ArrayList<>();

    private PemReader(String text) {
        this.text = text;
    }

    /** The blocks of a text, in order. */
    static List<PemBlock> read(String text) {
        PemReader reader = new PemReader(text);
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            begin = text.indexOf(BEGIN, reader.block(begin + BEGIN.length()));
        }
        return reader.blocks;
    }

    /**
     * Reads a block.
     *
     * @param at where its label is
     * @return where to look for the next one
     */
    private int block(int at) {
        int body = text.indexOf(DASHES, at) + DASHES.length();
        int end = text.indexOf(DASHES, body);
        if (body < DASHES.length() || end < 0) {
            return text.length();
        }
        String label = text.substring(at, body - DASHES.length());
        if (!text.startsWith(END + label + DASHES, end)) {
            return at;
        }
        int content = content(body, end);
        if (label.chars().allMatch(PemReader::isOfLabel)
                && text.substring(content, end).chars().allMatch(PemReader::isOfContent)) {
            blocks.add(new PemBlock(label, text.substring(body, content), text.substring(content, end)));
        }
        return end + END.length() + label.length() + DASHES.length();
    }

    /** Where the content begins: behind the last header, which has a colon, and its lines that begin with a blank. */
    private int content(int body, int end) {
        int colon = text.substring(body, end).lastIndexOf(':');
        int line = colon < 0 ? body : lineAfter(body + colon, end);
        while (colon >= 0 && line < end && isBlank(text.charAt(line))) {
            line = lineAfter(line, end);
        }
        return line;
    }

    private int lineAfter(int at, int end) {
        int next = at;
        while (next < end && text.charAt(next) != '\n') {
            next++;
        }
        return Math.min(end, next + 1);
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isOfLabel(int character) {
        return isCapital(character) || isDigit(character) || character == ' ';
    }

    private static boolean isOfContent(int character) {
        return isCapital(character)
                || character >= 'a' && character <= 'z'
                || isDigit(character)
                || "+/= \t\r\n\f".indexOf(character) >= 0;
    }

    private static boolean isCapital(int character) {
        return character >= 'A' && character <= 'Z';
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
