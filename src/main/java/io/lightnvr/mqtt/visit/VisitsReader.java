package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the fields of {@link VisitsCodec}'s format. Trusts no number: what is impossible is an {@link IOException} or, from
 * the value that refuses it, an {@link IllegalArgumentException}; no more is allocated than there are bytes for.
 */
final class VisitsReader {

    /** Some 30,000 years: no sum of a few such times overflows. */
    private static final long MOST_SECONDS = 1_000_000_000_000L;

    private static final int NANOS = 1_000_000_000;

    private final DataInputStream in;

    /** @param in tells by {@link DataInputStream#available} how much is left in all */
    VisitsReader(DataInputStream in) {
        this.in = in;
    }

    StreamVisits visits() throws IOException {
        Optional<Visit> open = in.readBoolean() ? Optional.of(visit()) : Optional.empty();
        int count = upTo(StandingStill.MOST);
        List<StillBox> boxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boxes.add(still());
        }
        check(in.available() == 0);
        return new StreamVisits(open, new StandingStill(boxes));
    }

    AwaitedClips clips() throws IOException {
        int count = upTo(AwaitedClips.MOST);
        List<AwaitedClips.Ended> visits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            visits.add(new AwaitedClips.Ended(end(), in.readBoolean(), instant()));
        }
        return new AwaitedClips(visits, Instant.EPOCH);
    }

    private VisitReport end() throws IOException {
        return new VisitReport(
                VisitReport.Type.END,
                text(),
                positive(),
                new StreamName(text()),
                in.readLong(),
                OptionalLong.of(in.readLong()),
                in.readLong(),
                text(),
                List.of(),
                texts(),
                labels(),
                texts(),
                positive(),
                best(),
                Optional.empty());
    }

    private Visit visit() throws IOException {
        return new Visit(
                text(),
                new StreamName(text()),
                positive(),
                in.readBoolean(),
                confidence(),
                new HashSet<>(texts()),
                soFar(),
                times());
    }

    private VisitSoFar soFar() throws IOException {
        return new VisitSoFar(in.readLong(), in.readLong(), text(), labels(), texts(), positive(), best());
    }

    private Map<String, VisitLabel> labels() throws IOException {
        int count = upTo(VisitSoFar.MOST_NAMES);
        Map<String, VisitLabel> labels = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            labels.put(text(), new VisitLabel(positive(), confidence()));
        }
        return labels;
    }

    private List<String> texts() throws IOException {
        int count = upTo(VisitSoFar.MOST_NAMES);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    private VisitBest best() throws IOException {
        return new VisitBest(text(), confidence(), box(), in.readLong(), text());
    }

    private VisitTimes times() throws IOException {
        return new VisitTimes(instant(), instant(), duration(), instant());
    }

    private StillBox still() throws IOException {
        return new StillBox(text(), box(), instant(), instant(), upTo(StillBox.ENOUGH));
    }

    private Box box() throws IOException {
        return new Box(in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
    }

    private Instant instant() throws IOException {
        return Instant.ofEpochSecond(seconds(-MOST_SECONDS), nanos());
    }

    private Duration duration() throws IOException {
        return Duration.ofSeconds(seconds(0), nanos());
    }

    private long seconds(long least) throws IOException {
        long seconds = in.readLong();
        check(seconds >= least && seconds <= MOST_SECONDS);
        return seconds;
    }

    private int nanos() throws IOException {
        return upTo(NANOS - 1);
    }

    private float confidence() throws IOException {
        float confidence = in.readFloat();
        check(Float.isFinite(confidence));
        return confidence;
    }

    private int positive() throws IOException {
        int number = in.readInt();
        check(number > 0);
        return number;
    }

    private int upTo(int most) throws IOException {
        int number = in.readInt();
        check(number >= 0 && number <= most);
        return number;
    }

    private String text() throws IOException {
        int length = upTo(in.available());
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void check(boolean possible) throws IOException {
        if (!possible) {
            throw new IOException("Not the visits of a stream");
        }
    }
}
