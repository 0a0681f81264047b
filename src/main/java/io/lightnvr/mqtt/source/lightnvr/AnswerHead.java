package io.lightnvr.mqtt.source.lightnvr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of an answer, line by line: its status, and what the few headers say that matter here. What has two meanings (two
 * lengths, a length of an answer in chunks, a folded line, a space before a colon) is refused, since a proxy before the recorder
 * could have taken the other one.
 */
final class AnswerHead {

    private static final int STATUS_AT = 9;
    private static final int STATUS_END = 12;
    private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final boolean[] IN_NAMES = inNames();
    private static final byte[] CONTENT_LENGTH = name("content-length");
    private static final byte[] TRANSFER_ENCODING = name("transfer-encoding");
    private static final byte[] CONNECTION = name("connection");
    private static final byte[] SET_COOKIE = name("set-cookie");
    private static final byte[] LOCATION = name("location");

    /** The length of a body that ends with the connection. */
    static final long OPEN = -1;

    private final int status;
    private final boolean isOld;
    private final List<String> cookies = new ArrayList<>(0);
    private Optional<String> location = Optional.empty();
    private long length = OPEN;
    private boolean isChunked;
    private boolean isClosing;

    private AnswerHead(int status, boolean isOld) {
        this.status = status;
        this.isOld = isOld;
        this.isClosing = isOld;
    }

    /**
     * Reads the first line, such as {@code HTTP/1.1 200 OK}.
     *
     * @throws BrokenAnswerException if it is not one of HTTP/1.1 or HTTP/1.0
     */
    static AnswerHead of(byte[] bytes, int from, int to) throws BrokenAnswerException {
        String line = text(bytes, from, Math.min(to, from + STATUS_END));
        boolean isOld = line.startsWith("HTTP/1.0 ");
        boolean isStatus = line.length() == STATUS_END
                && (isOld || line.startsWith("HTTP/1.1 "))
                && (to - from == STATUS_END || bytes[from + STATUS_END] == ' ');
        int status = 0;
        for (int i = STATUS_AT; isStatus && i < STATUS_END; i++) {
            int digit = line.charAt(i) - '0';
            isStatus = digit >= 0 && digit <= 9;
            status = 10 * status + digit;
        }
        if (!isStatus || status < 100) {
            throw new BrokenAnswerException("no status line");
        }
        return new AnswerHead(status, isOld);
    }

    /** Reads a header. */
    void header(byte[] bytes, int from, int to) throws BrokenAnswerException {
        int colon = from;
        while (colon < to && bytes[colon] >= 0 && IN_NAMES[bytes[colon]]) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            throw new BrokenAnswerException("no header");
        }
        if (isName(CONTENT_LENGTH, bytes, from, colon)) {
            length(value(bytes, colon + 1, to));
        } else if (isName(TRANSFER_ENCODING, bytes, from, colon)) {
            encoding(value(bytes, colon + 1, to));
        } else if (isName(CONNECTION, bytes, from, colon)) {
            connection(value(bytes, colon + 1, to));
        } else if (isName(SET_COOKIE, bytes, from, colon)) {
            cookies.add(value(bytes, colon + 1, to));
        } else if (isName(LOCATION, bytes, from, colon) && location.isEmpty()) {
            location = Optional.of(value(bytes, colon + 1, to));
        }
    }

    /** Checks the whole. */
    void end() throws BrokenAnswerException {
        if (isChunked && (length != OPEN || isOld)) {
            throw new BrokenAnswerException("two lengths");
        }
    }

    private void length(String value) throws BrokenAnswerException {
        if (value.isEmpty() || !value.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            throw new BrokenAnswerException("no length");
        }
        long given = value.chars().mapToLong(digit -> digit - '0').reduce(0, AnswerHead::next);
        if (length != OPEN && length != given) {
            throw new BrokenAnswerException("two lengths");
        }
        length = given;
    }

    /** Appends a digit; beyond any body the exact length does not matter. */
    private static long next(long number, long digit) {
        return Math.min(Integer.MAX_VALUE, 10 * number + digit);
    }

    private void encoding(String value) throws BrokenAnswerException {
        if (isChunked || !value.equalsIgnoreCase("chunked")) {
            throw new BrokenAnswerException("an unknown transfer encoding");
        }
        isChunked = true;
    }

    private void connection(String value) {
        for (String option : value.split(",")) {
            isClosing |= option.strip().equalsIgnoreCase("close");
        }
    }

    int status() {
        return status;
    }

    /** Returns whether the answer itself is still to come. */
    boolean isEarly() {
        return status < 200;
    }

    List<String> cookies() {
        return cookies;
    }

    Optional<String> location() {
        return location;
    }

    /** Returns whether the body comes in chunks. */
    boolean isChunked() {
        return isChunked;
    }

    /** Returns the length of a body that does not come in chunks, at most the largest {@code int}, or {@link #OPEN}. */
    long length() {
        return status == 204 || status == 304 ? 0 : length;
    }

    /** Returns whether the sender closes the connection after it. */
    boolean isClosing() {
        return isClosing || !isChunked && length() == OPEN;
    }

    private static boolean isName(byte[] name, byte[] bytes, int from, int to) {
        if (to - from != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            // The letters of these names, and the hyphen, have this bit.
            if ((bytes[from + i] | 0x20) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static String value(byte[] bytes, int from, int to) {
        return text(bytes, from, to).strip();
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static byte[] name(String lowerCase) {
        return lowerCase.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean[] inNames() {
        boolean[] letters = new boolean[128];
        TOKEN.chars().forEach(letter -> letters[letter] = true);
        return letters;
    }
}
