package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source that lists and finds what the test says. */
public final class FakeSource implements DetectionSource {

    public final List<StreamName> polls = new ArrayList<>();
    Optional<Checkpoint> checkpoint = Optional.empty();
    public final List<DetectionEvent> found = new ArrayList<>();
    public final List<Recording> recordings = new ArrayList<>();
    public int askedForRecordings;
    public boolean away;
    public boolean pollsFail;
    public Optional<String> refusal = Optional.empty();
    public boolean hasLogin;
    public boolean catchesUp;
    public int taken;
    public int more;
    public int missed;
    public int unreadable;
    public int lists;
    private List<StreamName> streams = List.of();

    public void list(StreamName... names) {
        streams = List.of(names);
    }

    @Override
    public StreamList streams() throws SourceException {
        lists++;
        answer();
        return new StreamList(
                streams.stream()
                        .map(name -> new StreamList.Stream(name, true, Optional.of(List.of())))
                        .toList(),
                true);
    }

    @Override
    public Poll poll(StreamName stream, boolean catchUp) throws SourceException {
        polls.add(stream);
        catchesUp = catchUp;
        answer();
        if (refusal.isPresent()) {
            throw SourceException.refusal(refusal.get());
        }
        if (pollsFail) {
            throw new SourceException("The recorder answers polls with 500");
        }
        List<DetectionEvent> events =
                found.stream().filter(event -> event.stream().equals(stream)).toList();
        return new Poll(events, more-- > 0, unreadable, missed, checkpoint, () -> commit(events));
    }

    @Override
    public List<Recording> recordings(StreamName stream, long from, long until) throws SourceException {
        askedForRecordings++;
        answer();
        return List.copyOf(recordings);
    }

    @Override
    public boolean hasLogin() {
        return hasLogin;
    }

    @Override
    public List<Refusal> refusals() {
        return refusal.map(sentence -> new Refusal(Refusal.Lost.DETECTIONS, sentence)).stream()
                .toList();
    }

    private void commit(List<DetectionEvent> events) {
        taken += events.size();
        found.removeAll(events);
    }

    private void answer() throws SourceException {
        if (away) {
            throw new SourceException("The recorder does not answer");
        }
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
