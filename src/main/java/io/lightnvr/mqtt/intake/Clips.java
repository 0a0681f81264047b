package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.Recording;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.visit.VisitReport;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the recorder for the recordings of visits.
 *
 * @param address the recorder's, by which people open its pages; without it nothing is asked
 */
record Clips(DetectionSource source, Optional<URI> address) {

    private static final Logger LOG = LoggerFactory.getLogger(Clips.class);

    /** What the recorder answered. */
    record Found(List<Recording> recordings, String address) {

        /** The address that plays the recording of a visit that is over. */
        Optional<String> of(VisitReport end) {
            return Recording.first(recordings, end.started(), end.ended().orElse(end.started()))
                    .map(recording -> address + recording.path());
        }
    }

    /** Whether visits can have clips. */
    boolean areWanted() {
        return address.isPresent();
    }

    /**
     * Asks for the newest finished recordings of a stream; blocks for 5 s at most. No answer is as good as none.
     *
     * @param until the last second in which one may begin, on the recorder's clock, in epoch seconds
     */
    Found ask(StreamName stream, long until) throws InterruptedException {
        String url = address.map(URI::toString).orElse("");
        try {
            return new Found(source.recordings(stream, until), url);
        } catch (SourceException e) {
            LOG.debug("No recordings of {}: {}", stream, e.getMessage());
            return new Found(List.of(), url);
        }
    }
}
