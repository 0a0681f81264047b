package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    private void visit(Visit visit) throws IOException {
        text(visit.id());
        text(visit.stream().raw());
        out.writeInt(visit.revision());
        out.writeBoolean(visit.pending());
        out.writeFloat(visit.reportedBest());
        out.writeInt(visit.told().size());
        for (String type : visit.told()) {
            text(type);
        }
        soFar(visit.soFar());
        times(visit.times());
    }

    private void soFar(VisitSoFar soFar) throws IOException {
        out.writeLong(soFar.started());
        out.writeLong(soFar.newest());
        text(soFar.type());
        out.writeInt(soFar.labels().size());
        for (Map.Entry<String, VisitLabel> label : soFar.labels().entrySet()) {
            text(label.getKey());
            out.writeInt(label.getValue().most());
            out.writeFloat(label.getValue().confidence());
        }
        out.writeInt(soFar.zones().size());
        for (String zone : soFar.zones()) {
            text(zone);
        }
        out.writeInt(soFar.events());
        best(soFar.best());
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
