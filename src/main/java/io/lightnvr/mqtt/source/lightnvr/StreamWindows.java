package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window onto each stream, as long as the stream is there. One that comes back goes on at its checkpoint, so that
 * its old rows stay old. Following the list is for one thread at a time; windows may be asked for by any.
 */
final class StreamWindows {

    private static final Logger LOG = LoggerFactory.getLogger(StreamWindows.class);

    private final Duration catchUpMaxAge;
    private final Function<StreamName, Optional<Checkpoint>> checkpoints;
    private final Beginning beginning;
    private final Map<StreamName, DetectionWindow> windows = new ConcurrentHashMap<>();
    private final Set<StreamName> missing = new HashSet<>();

    /**
     * @param checkpoints is asked whenever a window is made
     * @param beginning how to begin where there is no checkpoint
     */
    StreamWindows(Duration catchUpMaxAge, Function<StreamName, Optional<Checkpoint>> checkpoints, Beginning beginning) {
        this.catchUpMaxAge = catchUpMaxAge;
        this.checkpoints = checkpoints;
        this.beginning = beginning;
    }

    /** The window onto a stream, which one thread at a time asks for; reads the checkpoint without holding a lock. */
    DetectionWindow of(StreamName stream) {
        DetectionWindow known = windows.get(stream);
        if (known != null) {
            return known;
        }
        DetectionWindow opened = open(stream);
        windows.put(stream, opened);
        return opened;
    }

    /**
     * Closes the windows onto streams that are missing from two lists in a row: from one alone they are missing while a
     * recorder starts. A stream that is only not shown any more is still in the list.
     */
    void follow(StreamList list) {
        Set<StreamName> names = list.names();
        windows.keySet().removeIf(stream -> !names.contains(stream) && missing.contains(stream));
        missing.clear();
        windows.keySet().stream().filter(stream -> !names.contains(stream)).forEach(missing::add);
    }

    private DetectionWindow open(StreamName stream) {
        Optional<Checkpoint> checkpoint = checkpoints.apply(stream);
        Optional<WindowState> state = checkpoint.flatMap(WindowStateCodec::read);
        if (checkpoint.isPresent() && state.isEmpty()) {
            LOG.warn(
                    "The checkpoint of {} is damaged or of another version: its detections are read again from a minute"
                            + " ago, and some may be published twice",
                    stream);
            return new DetectionWindow(catchUpMaxAge, Beginning.AT_LOOK_BACK);
        }
        return state.map(known -> DetectionWindow.resumed(catchUpMaxAge, known))
                .orElseGet(() -> new DetectionWindow(catchUpMaxAge, beginning));
    }
}
