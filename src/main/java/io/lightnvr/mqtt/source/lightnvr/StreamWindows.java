package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a window for each stream, as long as the stream exists. A stream that comes back continues at its checkpoint,
 * so that its old rows stay old. One thread at a time follows the list; any thread may get windows.
 */
final class StreamWindows {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWindows.class);

    private final Duration catchUpMaxAge;
    private final Function<StreamName, Optional<Checkpoint>> checkpoints;
    private final Beginning beginning;
    private final Map<StreamName, DetectionWindow> windows = new ConcurrentHashMap<>();
    private final Map<StreamName, Beginning> newcomers = new ConcurrentHashMap<>();
    private final Set<StreamName> missing = new HashSet<>();
    private Set<StreamName> listed = Set.of();
    private OptionalLong listedAt = OptionalLong.empty();

    /**
     * @param checkpoints called when a window is made
     * @param beginning where to start without a checkpoint
     */
    StreamWindows(Duration catchUpMaxAge, Function<StreamName, Optional<Checkpoint>> checkpoints, Beginning beginning) {
        this.catchUpMaxAge = catchUpMaxAge;
        this.checkpoints = checkpoints;
        this.beginning = beginning;
    }

    /**
     * Returns the window of a stream. Reads the checkpoint without holding a lock.
     */
    DetectionWindow of(StreamName stream) {
        DetectionWindow known = windows.get(stream);
        if (known != null) {
            return known;
        }
        DetectionWindow opened = open(stream);
        DetectionWindow other = windows.putIfAbsent(stream, opened);
        return other == null ? opened : other;
    }

    /** Lets the window of a stream go on under another name, with what was already heard under that. */
    void rename(StreamName old, StreamName renamed) {
        DetectionWindow before = windows.remove(old);
        DetectionWindow heard = windows.remove(renamed);
        DetectionWindow window = before == null ? open(renamed) : before;
        if (heard != null) {
            window.absorb(heard);
        }
        windows.put(renamed, window);
    }

    /**
     * Drops the windows of streams that are missing from two successive lists: while a recorder starts they may be
     * missing from one. A stream that is merely hidden is still listed. A stream that the list before did not have, and that
     * has no checkpoint, is read from the time of that list.
     *
     * @param second when the list was asked for, on the recorder's clock, in epoch seconds
     */
    void follow(StreamList list, long second) {
        Set<StreamName> names = list.names();
        if (listedAt.isPresent()) {
            Beginning before = Beginning.at(listedAt.getAsLong());
            names.stream().filter(stream -> !listed.contains(stream)).forEach(stream -> newcomers.put(stream, before));
        }
        newcomers.keySet().retainAll(names);
        listed = names;
        listedAt = OptionalLong.of(second);
        windows.keySet().removeIf(stream -> !names.contains(stream) && missing.contains(stream));
        missing.clear();
        windows.keySet().stream().filter(stream -> !names.contains(stream)).forEach(missing::add);
    }

    private Beginning beginningOf(StreamName stream) {
        return beginning.isNow() ? newcomers.getOrDefault(stream, beginning) : beginning;
    }

    private DetectionWindow open(StreamName stream) {
        Optional<Checkpoint> checkpoint = checkpoints.apply(stream);
        if (checkpoint.isEmpty()) {
            return new DetectionWindow(catchUpMaxAge, beginningOf(stream));
        }
        return DetectionWindow.resumed(catchUpMaxAge, beginningOf(stream), checkpoint.get())
                .orElseGet(() -> {
                    LOG.warn(
                            "The checkpoint of {} is damaged or of another version: its detections are read again from a"
                                    + " minute ago, and some may be published twice",
                            stream);
                    return new DetectionWindow(catchUpMaxAge, Beginning.AT_LOOK_BACK);
                });
    }
}
