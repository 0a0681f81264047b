package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Pictures of streams as they are now, for those who look on: many who look cost the recorder no more than one does. One request
 * is under way for a stream, and {@value #AT_ONCE} in all. Thread-safe.
 */
final class StreamPictures {

    /** How many pictures the recorder is asked for at a time. */
    static final int AT_ONCE = 2;

    private static final long GOOD_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long NONE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long MOST_BYTES = 4 << 20;
    private static final int WAIT_SECONDS = 5;

    private final Source source;
    private final LongSupplier nanoTime;
    private final Semaphore requests = new Semaphore(AT_ONCE, true);
    private final Map<StreamName, Picture> pictures = new LinkedHashMap<>();
    private final Map<StreamName, Object> locks = new LinkedHashMap<>();

    private record Picture(Optional<byte[]> jpeg, long at) {

        private boolean isGood(long now) {
            return now - at < (jpeg.isPresent() ? GOOD_NANOS : NONE_NANOS);
        }

        private int size() {
            return jpeg.map(bytes -> bytes.length).orElse(0);
        }
    }

    /** Asks the recorder. */
    interface Source {
        Optional<byte[]> picture(StreamName stream) throws InterruptedException;
    }

    /** @param nanoTime a monotonic clock */
    StreamPictures(Source source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** A picture that is at most 2 s old; nothing if there is none, or not in time. Blocks for some seconds at most. */
    Optional<byte[]> picture(StreamName stream) throws InterruptedException {
        synchronized (lock(stream)) {
            Optional<Picture> known = known(stream);
            if (known.isPresent()) {
                return known.get().jpeg();
            }
            if (!requests.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Optional.empty();
            }
            try {
                Optional<byte[]> jpeg = source.picture(stream);
                keep(stream, new Picture(jpeg, nanoTime.getAsLong()));
                return jpeg;
            } finally {
                requests.release();
            }
        }
    }

    /** A stream that had no picture may have one now. */
    synchronized void forget(StreamName stream) {
        pictures.remove(stream);
    }

    private synchronized Object lock(StreamName stream) {
        return locks.computeIfAbsent(stream, name -> new Object());
    }

    private synchronized Optional<Picture> known(StreamName stream) {
        long now = nanoTime.getAsLong();
        pictures.values().removeIf(picture -> !picture.isGood(now));
        return Optional.ofNullable(pictures.get(stream));
    }

    private synchronized void keep(StreamName stream, Picture picture) {
        pictures.remove(stream);
        pictures.put(stream, picture);
        long bytes = pictures.values().stream().mapToLong(Picture::size).sum();
        Iterator<Picture> oldest = pictures.values().iterator();
        while (bytes > MOST_BYTES && oldest.hasNext()) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }

    /** Keeps nothing: nobody looks on. */
    synchronized void clear() {
        pictures.clear();
    }
}
