package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Pictures of streams as they are now, for those who look on: many who look cost the recorder no more than one does. One request
 * is under way for a stream, and {@value #AT_ONCE} in all; a stream is asked for twice a second at most. A picture from before the
 * last detection is not given any more. At most {@value #MOST_WAITING} who look wait for the recorder, so that one that hangs leaves
 * threads for all else. Thread-safe.
 */
final class StreamPictures {

    /** How many pictures the recorder is asked for at a time. */
    static final int AT_ONCE = 2;

    /** How many may wait for the recorder at a time, those included for whom it is asked. */
    static final int MOST_WAITING = 3;

    private static final long APART_NANOS = Duration.ofMillis(500).toNanos();
    private static final long GOOD_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long NONE_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long MOST_BYTES = 4 << 20;
    private static final int WAIT_SECONDS = 5;

    private final Source source;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Semaphore requests = new Semaphore(AT_ONCE, true);

    /** Those that somebody looks at, or has just looked at; the one whose picture came last is the last. */
    private final Map<StreamName, Camera> cameras = new LinkedHashMap<>();

    /** What the recorder has answered: a picture, that it has none, or why it cannot tell. */
    private record Picture(Optional<byte[]> jpeg, Optional<String> failure, long at) {

        private boolean isGood(long now) {
            return now - at < (jpeg.isPresent() || failure.isPresent() ? GOOD_NANOS : NONE_NANOS);
        }

        private Optional<byte[]> orFailure() throws PageBackend.ActionException {
            if (failure.isPresent()) {
                throw new PageBackend.ActionException(failure.get());
            }
            return jpeg;
        }

        private int size() {
            return jpeg.map(bytes -> bytes.length).orElse(0);
        }
    }

    /** What is known of a stream. All but {@code turn} is guarded by the lock of the whole. */
    private static final class Camera {

        private final Semaphore turn = new Semaphore(1, true);
        private int looking;
        private Optional<Picture> picture = Optional.empty();
        private Optional<Long> askedAt = Optional.empty();

        /** Whether the picture that is under way may be from before the last detection. */
        private boolean isOutdated;

        private Optional<Picture> good(long now) {
            return picture.filter(some -> some.isGood(now));
        }

        private long mustWait(long now) {
            return askedAt.map(at -> Math.max(0, APART_NANOS - (now - at))).orElse(0L);
        }

        private boolean isIdle(long now) {
            return looking == 0 && good(now).isEmpty() && mustWait(now) == 0;
        }
    }

    /** Asks the recorder. */
    interface Source {
        Optional<byte[]> picture(StreamName stream) throws PageBackend.ActionException, InterruptedException;
    }

    /** Lets time pass. */
    interface Pause {
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * @param nanoTime a monotonic clock
     * @param pause of that clock
     */
    StreamPictures(Source source, LongSupplier nanoTime, Pause pause) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * A picture that is at most 2 s old; blocks for some seconds at most.
     *
     * @return nothing if the recorder has none
     * @throws PageBackend.ActionException if it does not tell, or not in time; at once if too many wait already
     */
    Optional<byte[]> picture(StreamName stream) throws PageBackend.ActionException, InterruptedException {
        Camera camera = enter(stream);
        try {
            Optional<Picture> known = known(camera);
            return (known.isPresent() ? known.get() : waitFor(stream, camera)).orFailure();
        } finally {
            leave(camera);
        }
    }

    private Picture waitFor(StreamName stream, Camera camera) throws PageBackend.ActionException, InterruptedException {
        if (!places.tryAcquire()) {
            throw new PageBackend.ActionException("Too many pictures are asked for at once");
        }
        try {
            await(camera.turn);
            try {
                Optional<Picture> known = known(camera);
                return known.isPresent() ? known.get() : ask(stream, camera);
            } finally {
                camera.turn.release();
            }
        } finally {
            places.release();
        }
    }

    private Picture ask(StreamName stream, Camera camera) throws PageBackend.ActionException, InterruptedException {
        pause.nanos(mustWait(camera));
        await(requests);
        try {
            begin(camera);
            Picture picture = asked(stream);
            keep(stream, camera, picture);
            return picture;
        } finally {
            requests.release();
        }
    }

    private Picture asked(StreamName stream) throws InterruptedException {
        try {
            Optional<byte[]> jpeg = source.picture(stream);
            return new Picture(jpeg, Optional.empty(), nanoTime.getAsLong());
        } catch (PageBackend.ActionException e) {
            return new Picture(Optional.empty(), Optional.of(e.getMessage()), nanoTime.getAsLong());
        }
    }

    private static void await(Semaphore turn) throws PageBackend.ActionException, InterruptedException {
        if (!turn.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new PageBackend.ActionException("The recorder takes too long for its pictures");
        }
    }

    /** Something was detected: a picture from before does not show it. */
    synchronized void detected(StreamName stream) {
        Optional.ofNullable(cameras.get(stream)).ifPresent(StreamPictures::outdate);
    }

    /** A stream that had no picture may have one now. */
    synchronized void forget(StreamName stream) {
        Optional.ofNullable(cameras.get(stream)).ifPresent(camera -> camera.picture = Optional.empty());
    }

    /** Keeps nothing: nobody looks on. */
    synchronized void clear() {
        cameras.values().forEach(StreamPictures::outdate);
    }

    /** That there are none stays true, and so does, for a while, that the recorder fails. */
    private static void outdate(Camera camera) {
        camera.isOutdated = true;
        camera.picture = camera.picture.filter(some -> some.jpeg().isEmpty());
    }

    /** How many streams it knows something of. */
    synchronized int size() {
        return cameras.size();
    }

    private synchronized Camera enter(StreamName stream) {
        long now = nanoTime.getAsLong();
        cameras.values().removeIf(camera -> camera.isIdle(now));
        Camera camera = cameras.computeIfAbsent(stream, name -> new Camera());
        camera.looking++;
        return camera;
    }

    private synchronized void leave(Camera camera) {
        camera.looking--;
    }

    private synchronized Optional<Picture> known(Camera camera) {
        return camera.good(nanoTime.getAsLong());
    }

    private synchronized long mustWait(Camera camera) {
        return camera.mustWait(nanoTime.getAsLong());
    }

    private synchronized void begin(Camera camera) {
        camera.askedAt = Optional.of(nanoTime.getAsLong());
        camera.isOutdated = false;
    }

    private synchronized void keep(StreamName stream, Camera camera, Picture picture) {
        camera.picture = Optional.of(picture)
                .filter(some -> !camera.isOutdated || some.jpeg().isEmpty());
        cameras.remove(stream);
        cameras.put(stream, camera);
        long bytes = cameras.values().stream().mapToLong(StreamPictures::size).sum();
        for (Camera oldest : cameras.values()) {
            if (bytes <= MOST_BYTES) {
                return;
            }
            bytes -= size(oldest);
            oldest.picture = Optional.empty();
        }
    }

    private static int size(Camera camera) {
        return camera.picture.map(Picture::size).orElse(0);
    }
}
