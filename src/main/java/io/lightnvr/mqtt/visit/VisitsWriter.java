package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Writes the fields of {@link VisitsCodec}'s format. */
final class VisitsWriter implements Closeable {

    private final DataOutputStream out;

    VisitsWriter(OutputStream out) {
        this.out = new DataOutputStream(out);
    }

    void visits(StreamVisits visits) throws IOException {
        out.writeBoolean(visits.open().isPresent());
        if (visits.open().isPresent()) {
            visit(visits.open().get());
        }
        out.writeInt(visits.standing().boxes().size());
        for (StillBox box : visits.standing().boxes()) {
            still(box);
        }
    }

    void clips(AwaitedClips clips) throws IOException {
        out.writeInt(clips.visits().size());
        for (AwaitedClips.Ended ended : clips.visits()) {
            end(ended.report());
            out.writeBoolean(ended.isAlert());
            instant(ended.since());
        }
    }

    private void end(VisitReport end) throws IOException {
        text(end.visitId());
        out.writeInt(end.revision());
        text(end.stream().raw());
        out.writeLong(Span.of(end).from());
        out.writeLong(Span.of(end).until());
        out.writeLong(end.duration());
        text(end.eventType());
        texts(end.groups());
        labels(end.labels());
        texts(end.zones());
        out.writeInt(end.events());
        best(end.best());
    }

    private void visit(Visit visit) throws IOException {
        text(visit.id());
        text(visit.stream().raw());
        out.writeInt(visit.revision());
        out.writeBoolean(visit.pending());
        out.writeFloat(visit.reportedBest());
        texts(visit.told());
        soFar(visit.soFar());
        times(visit.times());
    }

    private void soFar(VisitSoFar soFar) throws IOException {
        out.writeLong(soFar.started());
        out.writeLong(soFar.newest());
        text(soFar.type());
        labels(soFar.labels());
        texts(soFar.zones());
        out.writeInt(soFar.events());
        best(soFar.best());
    }

    private void labels(Map<String, VisitLabel> labels) throws IOException {
        out.writeInt(labels.size());
        for (Map.Entry<String, VisitLabel> label : labels.entrySet()) {
            text(label.getKey());
            out.writeInt(label.getValue().most());
            out.writeFloat(label.getValue().confidence());
        }
    }

    private void texts(Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    private void best(VisitBest best) throws IOException {
        text(best.label());
        out.writeFloat(best.confidence());
        box(best.box());
        out.writeLong(best.second());
        text(best.eventId());
    }

    private void times(VisitTimes times) throws IOException {
        instant(times.opened());
        instant(times.seen());
        duration(times.clear());
        instant(times.reported());
    }

    private void still(StillBox still) throws IOException {
        text(still.label());
        box(still.box());
        instant(still.first());
        instant(still.seen());
        out.writeInt(still.sightings());
    }

    private void box(Box box) throws IOException {
        out.writeFloat(box.x());
        out.writeFloat(box.y());
        out.writeFloat(box.width());
        out.writeFloat(box.height());
    }

    private void instant(Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private void duration(Duration duration) throws IOException {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
