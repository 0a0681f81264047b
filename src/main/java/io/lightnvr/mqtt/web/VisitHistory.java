package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The last {@value #MOST} visits with their pictures, in memory and in a folder. What is written is written by another thread; a
 * disk that cannot be written costs the pictures and the history of a restart, and nothing else. Thread-safe.
 */
final class VisitHistory {

    /** How many visits are kept. */
    static final int MOST = 200;

    /** A picture may be there a little before the report of the visit that it was fetched for. */
    private static final long EARLY_NANOS = 5_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HistoryFolder folder;
    private final long limit;
    private final Executor writer;
    private final LongSupplier nanoTime;

    /** By id, in the order in which they began. */
    private final Map<String, KeptVisit> visits = new LinkedHashMap<>();

    private final Map<String, Integer> sizes = new HashMap<>();
    private final Map<StreamName, Early> early = new HashMap<>();
    private long used;

    private record Early(byte[] jpeg, Optional<VisitStatus.Shown> shown, long at) {}

    /**
     * Reads what the folder has.
     *
     * @param limit of all pictures together, in bytes; 0 for none
     * @param writer runs what writes to the folder, one after the other
     * @param nanoTime a monotonic clock
     */
    VisitHistory(HistoryFolder folder, long limit, Executor writer, LongSupplier nanoTime) {
        this.folder = folder;
        this.limit = limit;
        this.writer = writer;
        this.nanoTime = nanoTime;
        for (String line : folder.lines()) {
            read(line).ifPresent(this::put);
        }
        Map<String, Integer> pictures = folder.pictures(visits.keySet());
        visits.replaceAll((id, kept) -> pictures.containsKey(id) ? kept : kept.withoutPicture());
        pictures.forEach(this::count);
        List<String> lines = visits.values().stream().map(VisitHistory::line).toList();
        writer.execute(() -> folder.rewrite(lines));
        dropPictures();
    }

    private static Optional<KeptVisit> read(String line) {
        try {
            return VisitJson.read(JSON.readTree(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The limit of all pictures together, in bytes. */
    long limit() {
        return limit;
    }

    /** The size of all pictures together, in bytes. */
    synchronized long used() {
        return used;
    }

    /** All visits, the newest first. */
    synchronized List<KeptVisit> visits() {
        List<KeptVisit> all = new ArrayList<>(visits.values());
        Collections.reverse(all);
        return all;
    }

    /** The picture of a visit, a JPEG. */
    Optional<byte[]> picture(String id) {
        boolean isKept;
        synchronized (this) {
            isKept = sizes.containsKey(id);
        }
        return isKept ? folder.picture(id) : Optional.empty();
    }

    /** Takes news of a visit; returns the visit as it is kept now. */
    synchronized KeptVisit visited(VisitStatus visit) {
        KeptVisit before = visits.get(visit.id());
        KeptVisit kept = before == null ? KeptVisit.of(visit) : before.with(visit);
        put(kept);
        if (visit.phase() != VisitStatus.Phase.UPDATE) {
            write(kept);
        }
        Early picture = early.remove(visit.stream());
        if (before == null && picture != null && nanoTime.getAsLong() - picture.at() < EARLY_NANOS) {
            return keepPicture(kept, picture.jpeg(), picture.shown());
        }
        return kept;
    }

    /**
     * Takes a picture of a stream, which belongs to the visit that is open there, or to one that begins soon.
     *
     * @param shown what was last detected
     * @return the visit as it is kept now, if it is open
     */
    synchronized Optional<KeptVisit> pictured(StreamName stream, byte[] jpeg, Optional<VisitStatus.Shown> shown) {
        Optional<KeptVisit> open = visits.values().stream()
                .filter(kept -> kept.isOpen() && kept.visit().stream().equals(stream))
                .reduce((older, newer) -> newer);
        if (open.isEmpty() && limit > 0) {
            early.put(stream, new Early(jpeg, shown, nanoTime.getAsLong()));
        }
        return open.map(kept -> keepPicture(kept, jpeg, shown));
    }

    /** A stream goes on under another name, and so do its visits. */
    synchronized void renamed(StreamName old, StreamName renamed) {
        early.remove(old);
        visits.replaceAll((id, kept) -> kept.visit().stream().equals(old) ? kept.renamed(renamed) : kept);
        visits.values().stream()
                .filter(kept -> kept.visit().stream().equals(renamed))
                .forEach(this::write);
    }

    private KeptVisit keepPicture(KeptVisit kept, byte[] jpeg, Optional<VisitStatus.Shown> shown) {
        String id = kept.visit().id();
        if (jpeg.length > limit) {
            return kept;
        }
        KeptVisit pictured = kept.pictured(shown);
        visits.put(id, pictured);
        count(id, jpeg.length);
        writer.execute(() -> folder.writePicture(id, jpeg));
        write(pictured);
        dropPictures();
        return pictured;
    }

    private void put(KeptVisit kept) {
        visits.put(kept.visit().id(), kept);
        while (visits.size() > MOST) {
            String oldest = visits.keySet().iterator().next();
            visits.remove(oldest);
            dropPicture(oldest);
        }
    }

    private void count(String id, int size) {
        Integer before = sizes.put(id, size);
        used += size - (before == null ? 0 : before);
    }

    /** The oldest visits lose theirs first. */
    private void dropPictures() {
        for (String id : List.copyOf(visits.keySet())) {
            if (used <= limit) {
                return;
            }
            if (dropPicture(id)) {
                write(visits.compute(id, (same, kept) -> kept.withoutPicture()));
            }
        }
    }

    private boolean dropPicture(String id) {
        Integer size = sizes.remove(id);
        if (size != null) {
            used -= size;
            writer.execute(() -> folder.deletePicture(id));
        }
        return size != null;
    }

    private void write(KeptVisit kept) {
        String line = line(kept);
        List<String> all = folder.isLong()
                ? visits.values().stream().map(VisitHistory::line).toList()
                : List.of();
        writer.execute(() -> {
            if (all.isEmpty()) {
                folder.append(line);
            } else {
                folder.rewrite(all);
            }
        });
    }

    private static String line(KeptVisit kept) {
        return new String(PageJson.bytes(json -> VisitJson.write(json, kept)), StandardCharsets.UTF_8);
    }
}
