package io.lightnvr.mqtt.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.SeenEvent;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.status.VisitStatus;
import java.io.IOException;
import java.util.Optional;

/**
 * A recorder that the page shows, with what the page keeps of it.
 *
 * @param name where there are several
 * @param live what its bridge sees now
 * @param board what that has counted
 * @param history its last visits
 * @param pictures of its streams now
 */
record Watched(
        Optional<String> name,
        LiveStatus live,
        StatusBoard board,
        PageBackend bridge,
        VisitHistory history,
        StreamPictures pictures) {

    /** By which the page knows a stream; a colon is in no key. */
    String key(StreamName stream) {
        return name.map(recorder -> recorder + ":" + stream.key()).orElseGet(stream::key);
    }

    /** Writes whose the rest of an object is, where there are several. */
    void writeName(JsonGenerator json) throws IOException {
        if (name.isPresent()) {
            json.writeStringField("recorder", name.get());
        }
    }

    /** The stream that the page knows by a key. */
    Optional<StreamStatus> stream(String key) {
        return live.streams().stream()
                .filter(stream -> key(stream.camera().name()).equals(key))
                .findFirst();
    }

    /** What was last detected in a stream, which is what a picture of it shows. */
    Optional<VisitStatus.Shown> shown(StreamName stream) {
        return live.stream(stream)
                .flatMap(StreamStatus::last)
                .map(SeenEvent::best)
                .map(best -> new VisitStatus.Shown(best.label(), best.confidence(), best.box()));
    }

    /** A finding of this recorder, with the options that it names spelled as for this recorder. */
    Finding of(Finding finding) {
        return new Finding(
                name.map(recorder -> recorder + "/" + finding.part()).orElse(finding.part()),
                finding.severity(),
                bridge.spelled(finding.sentence()),
                bridge.spelled(finding.whatToDo()));
    }

    /** A text of this recorder for people. */
    String named(String text) {
        return name.map(recorder -> recorder + ": " + text).orElse(text);
    }
}
