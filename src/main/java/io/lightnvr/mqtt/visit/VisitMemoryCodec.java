package io.lightnvr.mqtt.visit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes what is kept of a stream's visits as bytes, and reads it. */
public final class VisitMemoryCodec {

    private static final byte VERSION = 2;
    private static final long NONE = -1;

    private VisitMemoryCodec() {}

    public static byte[] write(VisitMemory memory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part(VisitsCodec.write(memory.visits()), out);
            part(clips(memory.clips()), out);
            write(memory.alerts(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Envelope.wrap(VERSION, bytes.toByteArray());
    }

    private static void part(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] clips(AwaitedClips clips) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VisitsWriter out = new VisitsWriter(bytes)) {
            out.clips(clips);
        }
        return bytes.toByteArray();
    }

    private static void write(Alerts alerts, DataOutputStream out) throws IOException {
        out.writeBoolean(alerts.off());
        out.writeLong(alerts.snoozedUntil().map(Instant::toEpochMilli).orElse(NONE));
        out.writeLong(alerts.pause().map(Duration::toSeconds).orElse(NONE));
        out.writeBoolean(alerts.current().isPresent());
        if (alerts.current().isPresent()) {
            out.writeUTF(alerts.current().get().visitId());
            out.writeUTF(alerts.current().get().type());
            out.writeBoolean(alerts.current().get().isQuiet());
        }
        for (Map.Entry<String, Alerts.Alerted> alerted : alerts.last().entrySet()) {
            out.writeUTF(alerted.getKey());
            out.writeUTF(alerted.getValue().visitId());
            out.writeLong(alerted.getValue().at().toEpochMilli());
        }
    }

    /** Reads it; nothing if it is damaged or of another version. */
    public static Optional<VisitMemory> read(byte[] bytes) {
        Optional<DataInputStream> body = Envelope.open(VERSION, bytes);
        try {
            return body.isPresent() ? read(body.get()) : Optional.empty();
        } catch (IOException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<VisitMemory> read(DataInputStream in) throws IOException {
        Optional<StreamVisits> visits = VisitsCodec.read(part(in));
        AwaitedClips clips = new VisitsReader(new DataInputStream(new ByteArrayInputStream(part(in)))).clips();
        Alerts alerts = readAlerts(in);
        return visits.map(known -> new VisitMemory(known, alerts, clips));
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("Not what is kept of a stream's visits");
        }
        return in.readNBytes(length);
    }

    private static Alerts readAlerts(DataInputStream in) throws IOException {
        boolean off = in.readBoolean();
        long snoozedUntil = in.readLong();
        long pause = in.readLong();
        if (pause < NONE || pause > Alerts.LONGEST.toSeconds()) {
            throw new IOException("No pause");
        }
        Optional<Alerts.Decision> current = in.readBoolean()
                ? Optional.of(new Alerts.Decision(in.readUTF(), in.readUTF(), in.readBoolean()))
                : Optional.empty();
        Map<String, Alerts.Alerted> last = new TreeMap<>();
        while (in.available() > 0) {
            last.put(in.readUTF(), new Alerts.Alerted(in.readUTF(), Instant.ofEpochMilli(in.readLong())));
        }
        return new Alerts(
                off,
                snoozedUntil == NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(snoozedUntil)),
                pause == NONE ? Optional.empty() : Optional.of(Duration.ofSeconds(pause)),
                last,
                current);
    }
}
