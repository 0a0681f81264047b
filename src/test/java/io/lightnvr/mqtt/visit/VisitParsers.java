package io.lightnvr.mqtt.visit;

import static io.lightnvr.mqtt.visit.Stage.DRIVE;
import static io.lightnvr.mqtt.visit.Stage.STREET;
import static io.lightnvr.mqtt.visit.Stage.at;

import io.lightnvr.mqtt.fuzz.Parser;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The parsers of what is kept of visits, under the right sum: damage alone shows in that. */
public final class VisitParsers {

    private static final int HEADER = 5;

    private VisitParsers() {}

    public static List<Parser> all() {
        return List.of(envelopes(), visits(), memories());
    }

    private static Parser envelopes() {
        return Parser.of("envelopes in the store", VisitParsers::goOn)
                .with(VisitMemoryCodec.write(VisitMemoryCodecTest.MEMORY))
                .with(VisitMemoryCodec.write(memory()));
    }

    private static Parser visits() {
        return Parser.of(
                        "visits in the store",
                        input -> VisitsCodec.read(Envelope.wrap((byte) 1, input))
                                .ifPresent(visits -> goOn(new VisitMemory(visits, Alerts.ON, AwaitedClips.NONE))))
                .with(body(VisitsCodec.write(VisitsCodecTest.visits())))
                .with(body(VisitsCodec.write(StreamVisits.NONE)));
    }

    private static Parser memories() {
        return Parser.of("alerts and clips in the store", input -> goOn(Envelope.wrap((byte) 2, input)))
                .with(body(VisitMemoryCodec.write(VisitMemoryCodecTest.MEMORY)))
                .with(body(VisitMemoryCodec.write(memory())))
                .finding(
                        "a pause of a billion years",
                        body(VisitMemoryCodec.write(VisitMemoryCodecTest.MEMORY.with(
                                VisitMemoryCodecTest.MEMORY.alerts().paused(Duration.ofSeconds(Long.MAX_VALUE))))));
    }

    private static VisitMemory memory() {
        return VisitMemoryCodecTest.MEMORY.with(
                VisitMemoryCodecTest.MEMORY.alerts().snoozed(Instant.ofEpochSecond(1)));
    }

    private static byte[] body(byte[] wrapped) {
        return Arrays.copyOfRange(wrapped, HEADER, wrapped.length);
    }

    private static void goOn(byte[] kept) {
        VisitMemoryCodec.read(kept).ifPresent(VisitParsers::goOn);
    }

    /** Goes on with what was read, at times on both sides of it, as intake does. */
    private static void goOn(VisitMemory read) {
        Stage stage = new Stage();
        VisitMemory memory = read.resumed(stage.now);
        memory.clipsWanted(stage.now);
        memory.clips().nextDue(stage.now);
        memory.alerts().snoozedUntil().ifPresent(until -> Duration.between(stage.now, until));
        stage.visits = memory.visits();
        stage.visits.nextDue().ifPresent(due -> Duration.between(stage.now, due));
        stage.sees(at(DRIVE, "car", 0.5f));
        stage.waits(-1e9).passes();
        stage.waits(2e9).sees(at(STREET, "person", 0.5f));
        Alerts alerts = memory.at(stage.now).alerts();
        for (VisitReport report : stage.reports) {
            alerts = alerts.decided(report.visitId(), report.eventType(), Duration.ofMinutes(5), stage.now);
            alerts.isAlert(stage.now);
        }
        AwaitedClips clips = memory.at(stage.now).clips();
        Optional<VisitReport> last = stage.reports.stream().reduce((first, second) -> second);
        if (last.isPresent()) {
            clips = clips.and(last.get(), true, stage.now);
        }
        VisitMemoryCodec.write(new VisitMemory(stage.visits, alerts, clips.askedAt(stage.now)));
    }
}
