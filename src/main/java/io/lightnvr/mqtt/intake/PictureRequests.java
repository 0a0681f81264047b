package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for pictures, and knows which streams give some. Where none does, that is logged once. Thread-safe.
 */
final class PictureRequests {

    private static final Logger LOG = LoggerFactory.getLogger(PictureRequests.class);

    private static final String GO2RTC = "go2rtc";
    private static final String LOGIN = "a login that may see the cameras";

    private final SnapshotSource source;
    private final String kind;
    private final String option;
    private final Set<StreamName> given = new HashSet<>();
    private boolean isSettled;

    /**
     * What came of a request.
     *
     * @param jpeg the picture, if there is one
     * @param isPrivate whether there is none because the stream must not be shown
     */
    record Answer(Optional<byte[]> jpeg, boolean isPrivate) {

        /** Whether the stream has no picture, or not in time. */
        boolean isFailure() {
            return jpeg.isEmpty() && !isPrivate;
        }
    }

    /**
     * @param kind what the log calls the pictures
     * @param option the name of the option that wants them
     */
    PictureRequests(SnapshotSource source, String kind, String option) {
        this.source = source;
        this.kind = kind;
        this.option = option;
    }

    /** Whether a stream gave a picture when it was last asked for one. */
    synchronized boolean given(StreamName stream) {
        return given.contains(stream);
    }

    /** Asks for a picture of a stream now; blocks for a bounded time. */
    Answer ask(StreamName stream) throws InterruptedException {
        try {
            Optional<byte[]> jpeg = source.snapshot(stream);
            Answer answer = new Answer(jpeg, jpeg.isEmpty() && source.isPrivate(stream));
            return answered(stream, answer, "it has none", GO2RTC);
        } catch (SourceException e) {
            return answered(
                    stream, new Answer(Optional.empty(), false), e.getMessage(), e.isRefusal() ? LOGIN : GO2RTC);
        }
    }

    private synchronized Answer answered(StreamName stream, Answer answer, String whyNot, String need) {
        if (answer.jpeg().isPresent()) {
            given.add(stream);
            isSettled = true;
        } else {
            given.remove(stream);
        }
        if (answer.isFailure() && !isSettled) {
            isSettled = true;
            LOG.warn(
                    "The recorder serves no {} ({}): they need {} there, so {} has no effect",
                    kind,
                    whyNot,
                    need,
                    option);
        }
        return answer;
    }

    /** A stream goes on under another name. */
    synchronized void rename(StreamName old, StreamName renamed) {
        if (given.remove(old)) {
            given.add(renamed);
        }
    }

    /** Forgets all other streams. */
    synchronized void keepOnly(Set<StreamName> streams) {
        given.retainAll(streams);
    }
}
