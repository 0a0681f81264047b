package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.json.JsonTree;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The last {@value #MOST} visits with their pictures, in memory and in a folder. What is written is written by another thread; a
 * disk that cannot be written costs the pictures and the history of a restart, and nothing else. What that thread has no room for
 * is made good with the next change. Whoever follows hears of each change in the order of the changes. Thread-safe.
 */
final class VisitHistory {

    /** How many visits are kept. */
    static final int MOST = 200;

    /**
     * A picture may be there a little before the report of the visit that it was fetched for. A stream is asked every 2 s at most,
     * so that an older one was fetched for something else.
     */
    private static final long EARLY_NANOS = 2_000_000_000L;

    /** The bytes of all pictures that wait to be written, at least one of the largest. */
    private static final int MOST_UNWRITTEN = 4 << 20;

    private final HistoryFolder folder;
    private final long limit;
    private final Executor writer;
    private final LongSupplier nanoTime;
    private final Consumer<KeptVisit> follower;

    /** By id, in the order in which they began. */
    private final Map<String, KeptVisit> visits = new LinkedHashMap<>();

    private final Map<String, Integer> sizes = new HashMap<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private final Map<StreamName, Early> early = new HashMap<>();
    private long used;

    /** Of the last picture; each has another, since browsers keep what they have once got for it. */
    private int number;

    /** Whether the folder lacks a change. */
    private boolean isBehind;

    private record Early(byte[] jpeg, long at) {}

    /**
     * Reads what the folder has.
     *
     * @param limit of all pictures together, in bytes; 0 for none
     * @param writer runs what writes to the folder, one after the other; may reject what is too much for it
     * @param nanoTime a monotonic clock
     * @param follower gets each visit that changes, as it is kept now, while nothing else can change; it must not wait
     */
    VisitHistory(
            HistoryFolder folder, long limit, Executor writer, LongSupplier nanoTime, Consumer<KeptVisit> follower) {
        this.folder = folder;
        this.limit = limit;
        this.writer = writer;
        this.nanoTime = nanoTime;
        this.follower = follower;
        folder.readLines(line -> read(line).ifPresent(this::put));
        for (KeptVisit kept : List.copyOf(visits.values())) {
            number = Math.max(number, kept.picture());
            OptionalInt size = kept.hasPicture() ? folder.pictureSize(id(kept)) : OptionalInt.empty();
            size.ifPresentOrElse(bytes -> count(id(kept), bytes), () -> put(kept.withoutPicture()));
        }
        forgetOldest();
        writeAll();
    }

    private static Optional<KeptVisit> read(String line) {
        try {
            return VisitJson.read(JsonTree.read(line));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String id(KeptVisit kept) {
        return kept.visit().id();
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
    List<KeptVisit> visits() {
        List<KeptVisit> all = new ArrayList<>(oldestFirst());
        Collections.reverse(all);
        return all;
    }

    private synchronized List<KeptVisit> oldestFirst() {
        return List.copyOf(visits.values());
    }

    /** The picture of a visit, a JPEG. */
    Optional<byte[]> picture(String id) {
        boolean isKept;
        synchronized (this) {
            isKept = sizes.containsKey(id);
        }
        return isKept ? folder.picture(id) : Optional.empty();
    }

    /** Takes news of a visit. */
    synchronized void visited(VisitStatus visit) {
        KeptVisit before = visits.get(visit.id());
        boolean hasBegun = visit.phase() == VisitStatus.Phase.START;
        if (before != null) {
            take(before.with(visit));
        } else if (hasBegun || visits.size() < MOST) {
            begin(KeptVisit.of(visit), hasBegun);
        } else {
            // It was dropped as the oldest, and does not come back as the newest.
            follower.accept(KeptVisit.of(visit));
            return;
        }
        follower.accept(visits.get(visit.id()));
    }

    private void begin(KeptVisit kept, boolean endsOthers) {
        StreamName stream = kept.visit().stream();
        if (endsOthers) {
            // A stream has one visit at a time: the end of an earlier one was not told.
            end(other -> other.isIn(stream));
        }
        take(kept);
        Early picture = kept.isOpen() ? early.remove(stream) : null;
        if (picture != null && isFresh(picture)) {
            keepPicture(kept, picture.jpeg(), Optional.of(kept.visit().best()));
        }
    }

    private void take(KeptVisit kept) {
        put(kept);
        writeUnlessUpdate(kept);
    }

    private boolean isFresh(Early picture) {
        return nanoTime.getAsLong() - picture.at() < EARLY_NANOS;
    }

    /** Ends the visits whose end was not told, because the bridge was killed: all but some, by id. */
    synchronized void endAllBut(Set<String> open) {
        end(kept -> !open.contains(id(kept)));
    }

    private void end(Predicate<KeptVisit> which) {
        for (KeptVisit kept : oldestFirst()) {
            if (kept.isOpen() && which.test(kept)) {
                KeptVisit ended = kept.with(kept.visit().over());
                put(ended);
                write(ended);
                follower.accept(ended);
            }
        }
    }

    /**
     * Takes a picture of a stream, which belongs to the visit that is open there, or to one that begins at once.
     *
     * @param shown what was last detected
     */
    synchronized void pictured(StreamName stream, byte[] jpeg, Optional<VisitStatus.Shown> shown) {
        early.values().removeIf(picture -> !isFresh(picture));
        Optional<KeptVisit> open = visits.values().stream()
                .filter(kept -> kept.isIn(stream) && kept.isOpen())
                .reduce((older, newer) -> newer);
        if (open.isEmpty() && jpeg.length <= limit) {
            early.put(stream, new Early(jpeg, nanoTime.getAsLong()));
        }
        open.ifPresent(kept -> {
            keepPicture(kept, jpeg, shown);
            follower.accept(visits.get(id(kept)));
        });
    }

    /** A stream goes on under another name, and so do its visits. */
    synchronized void renamed(StreamName old, StreamName renamed) {
        early.remove(old);
        visits.replaceAll((id, kept) -> kept.isIn(old) ? kept.with(kept.visit().of(renamed)) : kept);
        writeAll();
    }

    /** Writes everything. Only on the thread that writes. */
    void rewrite() {
        List<KeptVisit> all = oldestFirst();
        folder.rewrite(
                all.stream().map(VisitHistory::line).toList(),
                all.stream().filter(KeptVisit::hasPicture).map(VisitHistory::id).collect(Collectors.toSet()));
    }

    private void keepPicture(KeptVisit kept, byte[] jpeg, Optional<VisitStatus.Shown> shown) {
        String id = id(kept);
        if (jpeg.length > limit || !laterWritten(id, jpeg, number + 1)) {
            return;
        }
        number++;
        put(kept.pictured(number, shown));
        count(id, jpeg.length);
        write(visits.get(id));
        forgetOldest().forEach(poorer -> {
            deletePicture(id(poorer));
            write(poorer);
            if (!id(poorer).equals(id)) {
                follower.accept(poorer);
            }
        });
    }

    /** What waits for a slow disk is bounded: the heap is small. */
    private boolean laterWritten(String id, byte[] jpeg, int itsNumber) {
        boolean hasRoom = unwritten.addAndGet(jpeg.length) <= MOST_UNWRITTEN
                && later(() -> {
                    try {
                        if (!folder.writePicture(id, jpeg) && lost(id, itsNumber)) {
                            folder.deletePicture(id);
                        }
                    } finally {
                        unwritten.addAndGet(-jpeg.length);
                    }
                });
        if (!hasRoom) {
            unwritten.addAndGet(-jpeg.length);
        }
        return hasRoom;
    }

    /** A picture could not be written; returns whether its visit has none now, for there is no later one either. */
    private synchronized boolean lost(String id, int itsNumber) {
        KeptVisit kept = visits.get(id);
        if (kept == null || kept.picture() != itsNumber) {
            return false;
        }
        forgetPicture(id);
        put(kept.withoutPicture());
        write(visits.get(id));
        follower.accept(visits.get(id));
        return true;
    }

    private void put(KeptVisit kept) {
        visits.put(id(kept), kept);
        if (visits.size() > MOST) {
            String oldest = visits.keySet().iterator().next();
            visits.remove(oldest);
            if (forgetPicture(oldest)) {
                deletePicture(oldest);
            }
        }
    }

    private void count(String id, int size) {
        Integer before = sizes.put(id, size);
        used += size - (before == null ? 0 : before);
    }

    private boolean forgetPicture(String id) {
        Integer size = sizes.remove(id);
        used -= size == null ? 0 : size;
        return size != null;
    }

    /** As many as the limit demands lose their pictures, the oldest first; returns them as they are kept now. */
    private List<KeptVisit> forgetOldest() {
        List<KeptVisit> poorer = new ArrayList<>();
        for (KeptVisit kept : oldestFirst()) {
            if (used > limit && forgetPicture(id(kept))) {
                put(kept.withoutPicture());
                poorer.add(kept.withoutPicture());
            }
        }
        return poorer;
    }

    private void deletePicture(String id) {
        isBehind |= !later(() -> folder.deletePicture(id));
    }

    /** Updates are many, and are written with what comes next. */
    private void writeUnlessUpdate(KeptVisit kept) {
        if (kept.visit().phase() != VisitStatus.Phase.UPDATE) {
            write(kept);
        }
    }

    private void write(KeptVisit kept) {
        if (isBehind || folder.needsRewrite()) {
            writeAll();
        } else {
            isBehind = !later(() -> folder.append(line(kept)));
        }
    }

    private void writeAll() {
        isBehind = !later(this::rewrite);
    }

    /** Returns whether the writer has room for it. */
    private boolean later(Runnable work) {
        try {
            writer.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static String line(KeptVisit kept) {
        return new String(PageJson.bytes(json -> VisitJson.write(json, kept)), StandardCharsets.UTF_8);
    }
}
