package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The newest picture of each stream, until the broker has it. One is in flight at a time, so that pictures on a slow line delay
 * no acknowledgement of an event by more than one picture. What waits is bounded: the oldest picture goes first. A picture that is
 * expected for a visit is sent before the visit's report, if it comes within {@link #PATIENCE}. Thread-safe: any thread offers,
 * the delivery thread takes. Times are nanoseconds of a monotonic clock.
 */
final class Pictures {

    /** The bytes of all pictures of detections that wait, a sixth of the heap that the add-on has. */
    static final int MOST_BYTES = 8 << 20;

    /** How long a report waits for the picture of which it tells. */
    static final Duration PATIENCE = Duration.ofMillis(300);

    /** The bytes of all stills that wait: there is a newer one soon. */
    static final int MOST_STILL_BYTES = 2 << 20;

    private final Function<StreamName, Topic> topic;
    private final int mostBytes;
    private final RefusalLog refusals;
    private final Set<StreamName> streams = new HashSet<>();
    private final Map<StreamName, Picture> waiting = new LinkedHashMap<>();
    private final Map<StreamName, Long> expectedSince = new HashMap<>();
    private Optional<Picture> inFlight = Optional.empty();
    private int bytes;

    private record Picture(StreamName stream, byte[] jpeg, boolean isRepeated) {}

    /**
     * Begins without pictures.
     *
     * @param topic where the pictures of a stream are published
     * @param mostBytes of all pictures that wait, unless one alone has more
     * @param refusals for the delivery thread alone
     */
    Pictures(Function<StreamName, Topic> topic, int mostBytes, RefusalLog refusals) {
        this.topic = topic;
        this.mostBytes = mostBytes;
        this.refusals = refusals;
    }

    /** Takes pictures of a stream from now on. */
    synchronized void allow(StreamName stream) {
        streams.add(stream);
    }

    /**
     * A picture of a stream is being fetched for the next report of a visit. One that waits shows something older; reports that wait
     * already wait no longer for that.
     */
    synchronized void expect(StreamName stream, long now) {
        if (waitNanos(stream, now) == 0) {
            take(stream);
            expectedSince.put(stream, now);
        }
    }

    /** How long the reports of a stream's visits are to wait for its picture; 0 if they are not. */
    synchronized long waitNanos(StreamName stream, long now) {
        Long since = expectedSince.get(stream);
        return since == null ? 0 : Math.max(0, since + PATIENCE.toNanos() - now);
    }

    /** Takes the newest picture of a stream; an older one that still waits is dropped. */
    synchronized void offer(StreamName stream, byte[] jpeg) {
        add(new Picture(stream, jpeg, false));
    }

    private void add(Picture picture) {
        take(picture.stream());
        waiting.put(picture.stream(), picture);
        bytes += picture.jpeg().length;
        Iterator<Picture> oldest = waiting.values().iterator();
        while (bytes > mostBytes && waiting.size() > 1) {
            bytes -= oldest.next().jpeg().length;
            oldest.remove();
        }
    }

    private Optional<Picture> take(StreamName stream) {
        Optional<Picture> taken = Optional.ofNullable(waiting.remove(stream));
        bytes -= taken.map(picture -> picture.jpeg().length).orElse(0);
        return taken;
    }

    /** Drops the picture of a stream that is gone, and takes no more of it. */
    synchronized void forbid(StreamName stream) {
        streams.remove(stream);
        expectedSince.remove(stream);
        take(stream);
        inFlight = inFlight.filter(picture -> !picture.stream().equals(stream));
    }

    /** The next picture for which reports wait, unless one is in flight. */
    synchronized Optional<Outgoing> nextExpected(Limits limits, long now) {
        return next(limits, stream -> waitNanos(stream, now) > 0);
    }

    /** The next picture to send, unless one is in flight. */
    synchronized Optional<Outgoing> next(Limits limits) {
        return next(limits, stream -> true);
    }

    private Optional<Outgoing> next(Limits limits, Predicate<StreamName> wanted) {
        Optional<StreamName> stream = nextStream(wanted);
        while (inFlight.isEmpty() && stream.isPresent()) {
            Picture picture = take(stream.get()).orElseThrow();
            expectedSince.remove(stream.get());
            Message message = Message.retained(topic.apply(picture.stream()), picture.jpeg());
            if (!refusals.isTooLarge(message, limits.maximumPacketSize())) {
                inFlight = Optional.of(picture);
                return Optional.of(new Outgoing(message, (reason, now) -> answered(message.topic(), reason)));
            }
            stream = nextStream(wanted);
        }
        return Optional.empty();
    }

    /** A picture may come before delivery has heard of its stream; it waits until then. */
    private Optional<StreamName> nextStream(Predicate<StreamName> wanted) {
        return waiting.keySet().stream()
                .filter(streams::contains)
                .filter(wanted)
                .findFirst();
    }

    private synchronized void answered(Topic topic, ReasonCode reason) {
        inFlight = Optional.empty();
        if (reason.isRefusal()) {
            refusals.refused(topic, reason);
        }
    }

    /**
     * The connection is lost. The picture that was in flight is sent once more, unless there is a newer one, but not a third
     * time: it may be what the line is too slow for.
     */
    synchronized void lost() {
        Optional<Picture> unanswered = inFlight.filter(picture -> !picture.isRepeated());
        inFlight = Optional.empty();
        unanswered
                .filter(picture -> !waiting.containsKey(picture.stream()))
                .ifPresent(picture -> add(new Picture(picture.stream(), picture.jpeg(), true)));
    }
}
