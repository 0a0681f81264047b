package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two half days at 24 times the speed, the one with the beginning and the one with the end of summer time, in which the
 * clocks of bridge and recorder are set and the bridge is killed: {@code .ci/measure Day}, for others {@code
 * -Dday.minutes=5 -Dday.speed=12}.
 */
@Execution(ExecutionMode.CONCURRENT)
class DayMeasure {

    private static final int SPEED = Integer.getInteger("day.speed", 24);
    private static final Duration LENGTH = Duration.ofMinutes(SPEED * Long.getLong("day.minutes", 30));
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final DateTimeFormatter PAGE_TIME =
            DateTimeFormatter.ofPattern("'&date='yyyy-MM-dd'&time='HH:mm:ss");
    private static final List<String> CAMERAS = List.of("front_door", "gate", "garden");
    private static final int LONGEST_PAUSE_SECONDS = 480;
    private static final int LONGEST_VISIT_SECONDS = 45;
    private static final int HOUR = 3_600;

    @RegisterExtension
    private final TestBed bed = new TestBed();

    /** A clock that is set, or the bridge killed, when so much of the half day is over. */
    private record Deed(double part, Runnable work) {}

    @ParameterizedTest
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    @ValueSource(strings = {"2026-10-25T01:00:00Z", "2027-03-28T01:00:00Z"})
    void losesNothingOfAHalfDay(Instant change) throws Exception {
        long started = System.nanoTime();
        Instant begun = change.minus(LENGTH.dividedBy(2));
        InstantSource right = () -> begun.plusNanos((System.nanoTime() - started) * SPEED);
        SimulatedRecorder recorder =
                bed.recorder(RecorderSetup.open().of(Generation.V0_47).in(ZONE).withClock(right));
        CAMERAS.forEach(camera -> recorder.streams().add(SimulatedStream.running(camera)));
        recorder.setPictures(true);
        Mosquitto broker = bed.broker();
        PublishingRecorder.start(bed, recorder, broker.port());
        Ear tap = Ear.forgotten(bed, broker.port(), "tap", bed.folder());
        BridgeHandle bridge = new BridgeHandle(
                bed,
                BridgeOptions.of(recorder, broker.port())
                        .with("nvr", "topic_prefix", PublishingRecorder.PREFIX)
                        .homeAssistant("images", true),
                new MachineClock(bed, right, SPEED));
        bridge.start();
        bridge.program().errors().await("hearing", line -> line.contains("Listening to the recorder's events"));

        List<Deed> deeds = new ArrayList<>(List.of(
                new Deed(0.10, () -> bridge.clock().set(HOUR)),
                new Deed(0.20, () -> bridge.clock().set(0)),
                new Deed(0.30, () -> bridge.clock().set(-HOUR)),
                new Deed(0.40, () -> bridge.clock().set(0)),
                new Deed(0.65, () -> bridge.program().kill()),
                new Deed(0.66, bridge::start)));
        Ledger ledger = live(recorder, right, begun.plus(LENGTH), deeds);

        Eventually.within(PATIENCE, () -> problems(ledger, tap.hearing()).isEmpty());
        Hearing heard = tap.hearing();
        System.out.printf(
                "measured: half a day around %s in %d min: %d rows, %d events, %d visits, %d problems%n",
                change,
                LENGTH.dividedBy(SPEED).toMinutes(),
                ledger.rows().size(),
                heard.events().size(),
                VisitCheck.count(heard),
                problems(ledger, heard).size());
        assertThat(problems(ledger, heard)).isEmpty();
    }

    /** Somebody passes a camera every few minutes. */
    private Ledger live(SimulatedRecorder recorder, InstantSource right, Instant end, List<Deed> deeds)
            throws Exception {
        Random random = new Random(end.getEpochSecond());
        Instant begun = end.minus(LENGTH);
        try (LedgerWriter writer = LedgerWriter.open(bed.folder().resolve("rows.tsv"))) {
            Filing filing = new Filing(recorder, writer, Ledger.empty());
            deeds.add(new Deed(0.75, () -> filing.step(System.currentTimeMillis(), HOUR)));
            deeds.add(new Deed(0.85, () -> filing.step(System.currentTimeMillis(), 0)));
            while (right.instant().isBefore(end)) {
                int pause = 1 + random.nextInt(LONGEST_PAUSE_SECONDS);
                int visit = 1 + random.nextInt(LONGEST_VISIT_SECONDS);
                String camera = CAMERAS.get(random.nextInt(CAMERAS.size()));
                pass(right, pause);
                double part = (double) Duration.between(begun, right.instant()).toSeconds() / LENGTH.toSeconds();
                while (!deeds.isEmpty() && deeds.get(0).part() <= part) {
                    deeds.remove(0).work().run();
                }
                for (int second = 0; second < visit; second++) {
                    SimulatedRow row = new SimulatedRow("person", 0.9f, 0.1f + 0.01f * second, 0.3f, 0.15f, 0.45f);
                    filing.file(System.currentTimeMillis(), camera, filing.second(), filing.ahead(), List.of(row));
                    pass(right, 1);
                }
            }
        }
        return Ledger.read(bed.folder().resolve("rows.tsv"));
    }

    private static void pass(InstantSource right, int seconds) {
        Instant until = right.instant().plusSeconds(seconds);
        while (right.instant().isBefore(until)) {
            LockSupport.parkNanos(Duration.between(right.instant(), until).toNanos() / SPEED);
        }
    }

    private static List<String> problems(Ledger ledger, Hearing heard) {
        List<String> problems = new ArrayList<>(RowCheck.of(ledger, heard).problems());
        problems.addAll(EventCheck.problems(heard));
        problems.addAll(RepeatCheck.of(heard).problems());
        problems.addAll(VisitCheck.problems(heard));
        List<JsonNode> visits = VisitCheck.reports(heard);
        problems.addAll(Verdict.problem(
                "Pages of another time",
                visits.stream().filter(visit -> !hasItsPage(visit)).toList()));
        problems.addAll(Verdict.problem(
                "Cameras that still see somebody",
                CAMERAS.stream().filter(camera -> !isClear(heard, camera)).toList()));
        return problems;
    }

    /** It opens at the local time of the visit's start. */
    private static boolean hasItsPage(JsonNode visit) {
        Instant started = Instant.parse(visit.path("started").asText());
        return visit.path("page").asText().endsWith(PAGE_TIME.format(started.atZone(ZONE)));
    }

    private static boolean isClear(Hearing heard, String camera) {
        return heard.receipts().stream()
                .filter(receipt -> receipt.topic().equals("lightnvr/state/" + camera))
                .reduce((earlier, later) -> later)
                .filter(state -> state.json().path("count").asInt(-1) == 0)
                .isPresent();
    }
}
