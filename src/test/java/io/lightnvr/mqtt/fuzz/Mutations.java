package io.lightnvr.mqtt.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inputs that are made of valid ones: bits flip, pieces go, come twice or come from another one, numbers become extreme, texts
 * strange. Half of them are only changed by whole words and values, so that many stay valid. One in 400 grows up to the longest. The same seed and number make the same input, whatever came before. Immutable.
 */
final class Mutations {

    private static final int MOST_CHANGES = 6;
    private static final int ONE_IN_UNCHANGED = 50;
    private static final int ONE_IN_GROWN = 400;
    private static final int DEEPEST = 3_000;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final List<byte[]> VALUES = bytes(
            "0",
            "-0",
            "-1",
            "1",
            "0.5",
            "1e308",
            "-1e308",
            "1e-999",
            "0.1e-400",
            "127",
            "65535",
            "2147483647",
            "2147483648",
            "-2147483649",
            "4102444800",
            "4102444801",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "31556889864403199",
            "31556889864403200",
            "1" + "0".repeat(400),
            "0." + "3".repeat(400),
            "null",
            "true",
            "false",
            "{}",
            "[]",
            "\"\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[[],[]]",
            "{\"a\":{\"a\":[]}}");

    /** What stands within quotes. */
    private static final List<byte[]> WORDS = bytes(
            "",
            "0",
            "-9223372036854775808",
            "31556889864403199",
            "true",
            "ON",
            "a".repeat(300),
            "\\ud800",
            "\\udc00\\ud800",
            "\\u0000",
            "\\u001b[2J",
            "\u0000",
            "\uFFFD",
            "\u202e",
            "\uD83D\uDE00",
            "../../etc",
            "+/#",
            "%s%n%d",
            "0000-00-00 00:00:00",
            "9999-12-31 23:59:59",
            "+999999999-12-31T23:59:59Z");

    private static final List<byte[]> TEXTS = bytes(
            "1e999",
            "1" + "0".repeat(1_100),
            "NaN",
            "Infinity",
            ",{}",
            ",[]",
            "[],",
            ",\"\"",
            ",0",
            "\u0000",
            "\r\n",
            "\u0085",
            "\u2028",
            "\u202e",
            "\uFEFF",
            "\uFFFD",
            "\uD83D\uDE00",
            "\u001b[2J",
            "\"",
            "\\",
            "'",
            "`",
            "|",
            ">",
            "&a ",
            "*a",
            "!!int ",
            "!secret x",
            "%YAML 1.99999999999",
            "%TAG ! !",
            "---",
            "...",
            "? ",
            ": ",
            "- ",
            "# ",
            "; ",
            "[mqtt]",
            "[",
            "]",
            "{",
            "}",
            ",",
            "/",
            "+",
            "#",
            "$",
            "%s%n%d",
            "${x}",
            "0000-00-00 00:00:00",
            "9999-12-31 23:59:59",
            "+999999999-12-31T23:59:59Z",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "Proc-Type: 4,ENCRYPTED",
            "a".repeat(300),
            "ü".repeat(40_000));

    /** Bytes that are no UTF-8, or not alone. */
    private static final List<byte[]> PIECES = List.of(
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xFF},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF},
            new byte[] {0, 0, 0, '{'},
            new byte[] {'{', 0, 0, 0},
            new byte[] {(byte) 0xFE, (byte) 0xFF},
            new byte[] {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF});

    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1_000_000_000_000L,
        31_556_889_864_403_199L,
        0x7FC00000,
        0x7F800000
    };

    /** What opens, and what closes it. */
    private static final List<List<byte[]>> NESTS = List.of(
            bytes("[", "]"),
            bytes("{\"a\":", "}"),
            bytes("{\"data\":[", "]}"),
            bytes("- ", ""),
            bytes("? ", ""),
            bytes("{a: ", "}"),
            bytes("[[],", "]"));

    private final List<byte[]> corpus;
    private final int longest;

    /**
     * @param corpus valid inputs
     * @param longest of the inputs to make, in bytes
     */
    Mutations(List<byte[]> corpus, int longest) {
        this.corpus = List.copyOf(corpus);
        this.longest = longest;
    }

    /** The input of a number. */
    byte[] input(long seed, long number) {
        SplittableRandom random = new SplittableRandom(seed * SPREAD ^ number);
        byte[] input = any(corpus, random);
        if (random.nextInt(ONE_IN_UNCHANGED) != 0) {
            boolean isGentle = random.nextBoolean();
            int changes = 1 + random.nextInt(1 + random.nextInt(MOST_CHANGES));
            for (int i = 0; i < changes; i++) {
                input = isGentle ? word(input, random.nextInt(input.length + 1), random) : changed(input, random);
            }
        }
        if (random.nextInt(ONE_IN_GROWN) == 0) {
            input = grown(input, random);
        }
        return input.length > longest ? Arrays.copyOf(input, longest) : input;
    }

    private byte[] changed(byte[] input, SplittableRandom random) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(1 + random.nextInt(1 + input.length)));
        return switch (random.nextInt(14)) {
            case 0, 1 -> flipped(input, random);
            case 2 -> Arrays.copyOf(input, at);
            case 3 -> replaced(input, at, to, new byte[0]);
            case 4 -> replaced(input, to, to, Arrays.copyOfRange(input, at, to));
            case 5 -> spliced(input, at, any(corpus, random), random);
            case 6 -> replaced(input, at, random.nextBoolean() ? at : to, any(TEXTS, random));
            case 7 -> replaced(input, at, at, any(PIECES, random));
            case 8, 9 -> word(input, at, random);
            case 10 -> number(input, at, random);
            case 11 -> replaced(input, at, at, nest(1 + random.nextInt(1 + random.nextInt(DEEPEST)), random));
            case 12 -> replaced(input, at, at, new byte[] {(byte) random.nextInt()});
            default -> replaced(input, at, at, "x".repeat(random.nextInt(2_000)).getBytes(StandardCharsets.UTF_8));
        };
    }

    private static byte[] flipped(byte[] input, SplittableRandom random) {
        byte[] copy = input.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return copy;
    }

    private static byte[] spliced(byte[] input, int at, byte[] other, SplittableRandom random) {
        int from = random.nextInt(other.length + 1);
        int to = from + random.nextInt(other.length - from + 1);
        return replaced(input, at, random.nextBoolean() ? input.length : at, Arrays.copyOfRange(other, from, to));
    }

    /** Replaces a whole word or number, or a whole text in quotes. */
    private static byte[] word(byte[] input, int at, SplittableRandom random) {
        int from = at;
        while (from < input.length && !isOfWord(input[from])) {
            from++;
        }
        while (from > 0 && from <= input.length && isOfWord(input[from - 1])) {
            from--;
        }
        int to = from;
        while (to < input.length && isOfWord(input[to])) {
            to++;
        }
        boolean isQuoted = from > 0 && to < input.length && input[from - 1] == '"' && input[to] == '"';
        int quotes = isQuoted && random.nextBoolean() ? 1 : 0;
        return replaced(input, from - quotes, to + quotes, any(isQuoted && quotes == 0 ? WORDS : VALUES, random));
    }

    private static boolean isOfWord(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || "-_.+".indexOf(b) >= 0;
    }

    /** Replaces the bytes of a number, big-endian. */
    private static byte[] number(byte[] input, int at, SplittableRandom random) {
        int size = 1 << random.nextInt(4);
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .putLong(NUMBERS[random.nextInt(NUMBERS.length)])
                .array();
        return replaced(
                input, at, Math.min(input.length, at + size), Arrays.copyOfRange(all, Long.BYTES - size, Long.BYTES));
    }

    private static byte[] nest(int depth, SplittableRandom random) {
        List<byte[]> nest = NESTS.get(random.nextInt(NESTS.size()));
        byte[] opened = repeated(nest.get(0), depth);
        byte[] closed = repeated(nest.get(1), random.nextBoolean() ? depth : random.nextInt(depth + 1));
        return replaced(opened, opened.length, opened.length, closed);
    }

    /** Repeats a piece until there is no more room: a short one, a long one, or all. */
    private byte[] grown(byte[] input, SplittableRandom random) {
        int from = random.nextInt(input.length + 1);
        int length = random.nextInt(3) == 0 ? input.length - from : Math.min(input.length - from, random.nextInt(40));
        byte[] piece = switch (random.nextInt(4)) {
            case 0 -> any(TEXTS, random);
            case 1 -> new byte[] {(byte) "\n [{,:-#;=\"'\t&?a0".charAt(random.nextInt(16))};
            default -> Arrays.copyOfRange(input, from, from + length);
        };
        int room = longest - input.length;
        return piece.length == 0 || room <= 0
                ? input
                : replaced(input, from, from, repeated(piece, room / piece.length));
    }

    private static byte[] repeated(byte[] piece, int times) {
        byte[] all = new byte[piece.length * times];
        int done = Math.min(piece.length, all.length);
        System.arraycopy(piece, 0, all, 0, done);
        for (; done < all.length; done += Math.min(done, all.length - done)) {
            System.arraycopy(all, 0, all, done, Math.min(done, all.length - done));
        }
        return all;
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        byte[] result = new byte[input.length - (to - from) + by.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(input, to, result, from + by.length, input.length - to);
        return result;
    }

    private static byte[] any(List<byte[]> some, SplittableRandom random) {
        return some.get(random.nextInt(some.size()));
    }

    private static List<byte[]> bytes(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
