package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads answers with the newest rows of streams, and parses none that is the last one of its stream but for the recorder's local
 * time. The last answer of each stream is kept, at most {@value #LONGEST} bytes of it. Thread-safe; one thread at a time reads
 * answers about one stream.
 *
 * <p>Two such answers differ in the digits of one text alone. So they have the same structure, and the same rows, if that text is
 * the value of the outermost {@code timestamp} that counts, the last one. It is if what follows it is {@link #END}, to the last
 * byte: no quote before that is escaped, so each text there is what it seems to be, and the bracket at the end can only close the
 * object that is the answer.
 */
final class KnownPages {

    /** 20 rows take 5 KB; longer answers have strange labels, and are parsed. */
    private static final int LONGEST = 8 << 10;

    private static final int LONGEST_END = 128;
    private static final int TIME = "2026-11-22 12:57:45".length();

    private static final Pattern END =
            Pattern.compile("[,{]\"timestamp\":\"(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)\""
                    + "(?:,\"stream_status\":\"[ !#-\\[\\]-~]*\")?}\\s*\\z");

    private final Map<StreamName, Known> known = new ConcurrentHashMap<>();

    /** @param timeAt where the local time begins */
    private record Known(byte[] body, int timeAt, Page page) {

        boolean isLike(byte[] other) {
            return body.length == other.length
                    && Arrays.equals(body, 0, timeAt, other, 0, timeAt)
                    && Arrays.equals(body, timeAt + TIME, body.length, other, timeAt + TIME, body.length)
                    && isTime(other);
        }

        private boolean isTime(byte[] other) {
            for (int i = timeAt; i < timeAt + TIME; i++) {
                if (isDigit(body[i]) ? !isDigit(other[i]) : body[i] != other[i]) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isDigit(byte letter) {
            return letter >= '0' && letter <= '9';
        }
    }

    /** @throws SourceException if the answer has another form */
    ResultsAnswer read(StreamName stream, RecorderAnswer answer) throws SourceException {
        Known last = known.get(stream);
        byte[] body = answer.body();
        if (answer.isOk() && last != null && last.isLike(body)) {
            String time = new String(body, last.timeAt(), TIME, StandardCharsets.US_ASCII);
            return new ResultsAnswer(last.page(), answer.clock(time));
        }
        known.remove(stream);
        ResultsAnswer read = ResultsAnswer.read(answer);
        timeAt(body).ifPresent(at -> known.put(stream, new Known(body, at, read.page())));
        return read;
    }

    private static Optional<Integer> timeAt(byte[] body) {
        int from = Math.max(0, body.length - LONGEST_END);
        Matcher end = END.matcher(new String(body, from, body.length - from, StandardCharsets.ISO_8859_1));
        return body.length <= LONGEST && end.find() ? Optional.of(from + end.start(1)) : Optional.empty();
    }

    /** Forgets other streams. */
    void keepOnly(Set<StreamName> streams) {
        known.keySet().retainAll(streams);
    }
}
