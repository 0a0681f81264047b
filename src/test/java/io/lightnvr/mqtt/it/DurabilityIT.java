package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the bridge knows after it was killed, and what it does with a store that it cannot use. */
@Execution(ExecutionMode.CONCURRENT)
class DurabilityIT {

    private static final String DETECTIONS = "lightnvr/detections/front_door";
    private static final String STATE = "lightnvr/state/front_door";
    private static final SimulatedRow PERSON = SimulatedRow.wholePicture("person", 0.9f);
    private static final SimulatedRow CAR = SimulatedRow.wholePicture("car", 0.8f);
    private static final SimulatedRow DOG = SimulatedRow.wholePicture("dog", 0.7f);

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void whatWaitedForTheBrokerComesAfterAKill() {
        Mosquitto broker = new Mosquitto(bed, Ports.free(), List.of("allow_anonymous true"));
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        BridgeProcess first = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched().sees(PERSON);
        StoreFile.of(bed).awaitWaiting(1, Arrivals.PATIENCE);
        first.program().kill();
        camera.sees(CAR);
        broker.start();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");

        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        List<Heard> events = subscriber.await(DETECTIONS, 2);
        assertThat(events).extracting(Heard::sequence).containsExactly(1L, 2L);
        assertThat(events)
                .allSatisfy(event -> assertThat(Long.parseLong(event.expiry())).isBetween(86_000L, 86_400L));
        assertThat(events.stream().map(Heard::payload).toList().toString()).contains("person", "car");
    }

    @Test
    void whatTheBrokerHasDoesNotComeAgainAfterAKill() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess first = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched().sees(PERSON, CAR);
        subscriber.await(DETECTIONS);
        StoreFile.of(bed).awaitWaiting(0, Arrivals.PATIENCE);

        first.program().kill();
        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        subscriber.await("lightnvr/availability", 3);
        camera.sees(DOG);

        List<Heard> events = subscriber.await(DETECTIONS, 2);
        assertThat(events).extracting(Heard::sequence).containsExactly(1L, 2L);
        assertThat(events.get(1).payload()).contains("dog").doesNotContain("person");
    }

    @Test
    void fetchesWhatHappenedWhileItWasAwayOldestFirst() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");
        BridgeProcess first = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));
        camera.awaitWatched();
        Eventually.isSo("more polls", () -> camera.questions() > 3);
        assertThat(first.terminate()).isZero();
        recorder.clock().setOffset(Duration.ofMinutes(30));
        for (int minutes = 26; minutes > 1; minutes--) {
            camera.sawAgo(minutes * 60L, PERSON);
        }

        BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        List<Heard> events = subscriber.await(DETECTIONS, 25);
        assertThat(events)
                .extracting(event -> event.json().path("timestamp").asLong())
                .isSorted();
        assertThat(events).extracting(Heard::sequence).isSorted().startsWith(1L).endsWith(25L);
        assertThat(events.get(0).properties()).containsKey("delayed_ms");
        assertThat(subscriber.on(STATE)).noneMatch(state -> state.payload().contains("\"person\":\"ON\""));
    }

    @Test
    void showsWhatWasThereWhenItComesBackSoonAndClearsItInTime() {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        BridgeOptions options = BridgeOptions.of(recorder, broker.port()).homeAssistant("clear_after", 20);
        Subscriber before = Subscriber.start(bed, broker, "before", "lightnvr/#");
        BridgeProcess first = BridgeProcess.run(bed, options);
        camera.awaitWatched().sees(PERSON);
        before.await(DETECTIONS);
        before.await("the person", DurabilityIT::isPerson);
        StoreFile.of(bed).awaitWaiting(0, Arrivals.PATIENCE);
        first.program().kill();
        Subscriber after = Subscriber.start(bed, broker, "after", "lightnvr/#");
        after.await("the person, as the broker keeps it", DurabilityIT::isPerson);

        BridgeProcess.run(bed, options);

        assertThat(after.await(STATE, 2).get(1)).matches(DurabilityIT::isPerson);
        Heard cleared = after.await(
                "nobody",
                heard -> heard.topic().equals(STATE) && heard.payload().contains("\"person\":\"OFF\""));
        assertThat(cleared.payload()).contains("\"last_label\":\"person\"");
    }

    @Test
    void refusesAFolderThatAnotherBridgeUses() {
        SimulatedRecorder recorder = bed.recorder();
        BridgeProcess first = BridgeProcess.run(bed, BridgeOptions.of(recorder, Ports.free()));
        first.awaitLog("cannot be reached");

        BridgeProcess second = BridgeProcess.run(bed, BridgeOptions.of(recorder, Ports.free()));

        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.awaitLog("Another bridge is running with the folder")).contains("--data");
        assertThat(first.program().isAlive()).isTrue();
    }

    @Test
    void refusesAStoreOfANewerVersion() {
        SimulatedRecorder recorder = bed.recorder();
        BridgeProcess first = BridgeProcess.run(bed, BridgeOptions.of(recorder, Ports.free()));
        first.awaitLog("cannot be reached");
        assertThat(first.terminate()).isZero();
        StoreFile.of(bed).ask("PRAGMA user_version = 99");

        BridgeProcess second = BridgeProcess.run(bed, BridgeOptions.of(recorder, Ports.free()));

        assertThat(second.exitStatus()).isEqualTo(1);
        assertThat(second.awaitLog("newer version")).contains("format 99");
        assertThat(StoreFile.of(bed).ask("PRAGMA user_version")).isEqualTo("99");
    }

    @Test
    void setsADamagedStoreAsideAndGoesOnFromTheLookBack() throws IOException {
        Mosquitto broker = bed.broker();
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        camera.sawAgo(120, CAR);
        camera.sawAgo(10, PERSON);
        Files.writeString(
                StoreFile.of(bed).path(),
                "Something has gone through this file with a hammer, and nothing is where it was.");
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");

        BridgeProcess bridge = BridgeProcess.run(bed, BridgeOptions.of(recorder, broker.port()));

        assertThat(bridge.awaitLog("was damaged")).contains("set aside as lightnvr-mqtt.db.damaged-");
        assertThat(subscriber.await(DETECTIONS).payload()).contains("person");
        assertThat(subscriber.on(DETECTIONS)).noneMatch(event -> event.payload().contains("car"));
        try (Stream<Path> files = Files.list(bed.folder())) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.contains(".damaged-"));
        }
    }

    @Test
    void goesOnWhileTheDiskIsFullAndKeepsWhatItStored() {
        Mosquitto broker = new Mosquitto(bed, Ports.free(), List.of("allow_anonymous true"));
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        SmallDisk disk = smallDisk();
        BridgeProcess first = onDisk(recorder, broker, disk);
        camera.awaitWatched().sees(PERSON);
        StoreFile.on(bed, disk).awaitWaiting(1, Arrivals.PATIENCE);

        disk.fill();
        camera.sees(CAR);
        first.awaitLog("is full: make room");
        broker.start();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");

        assertThat(subscriber.await(DETECTIONS, 2)).extracting(Heard::sequence).containsExactly(1L, 2L);
        subscriber.await(
                "the trouble",
                heard -> heard.topic().equals("lightnvr/bridge/state")
                        && heard.payload().contains("is full: make room"));
        disk.free();
        camera.sees(DOG);
        first.awaitLog("can be written again");
        subscriber.await(DETECTIONS, 3);
        StoreFile.on(bed, disk).awaitWaiting(0, Arrivals.PATIENCE);
        first.program().kill();
        onDisk(recorder, broker, disk);
        subscriber.await("lightnvr/availability", 3);
        camera.sees(PERSON, DOG);
        assertThat(subscriber.await(DETECTIONS, 4)).extracting(Heard::sequence).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void startsOnAReadOnlyDiskWithWhatIsThere() {
        Mosquitto broker = new Mosquitto(bed, Ports.free(), List.of("allow_anonymous true"));
        SimulatedRecorder recorder = bed.recorder();
        Camera camera = Camera.of(recorder, "front_door");
        SmallDisk disk = smallDisk();
        BridgeProcess first = onDisk(recorder, broker, disk);
        camera.awaitWatched().sees(PERSON);
        StoreFile.on(bed, disk).awaitWaiting(1, Arrivals.PATIENCE);
        first.program().kill();
        disk.makeReadOnly();
        camera.sees(CAR);
        broker.start();
        Subscriber subscriber = Subscriber.start(bed, broker, "listener", "lightnvr/#");

        BridgeProcess second = onDisk(recorder, broker, disk);

        assertThat(subscriber.await(DETECTIONS, 2)).extracting(Heard::sequence).containsExactly(1L, 2L);
        assertThat(second.awaitLog("cannot be written")).contains("check the disk and its permissions");
        disk.makeWritable();
        second.awaitLog("can be written again");
    }

    private static boolean isPerson(Heard heard) {
        return heard.topic().equals(STATE) && heard.payload().contains("\"person\":\"ON\"");
    }

    private SmallDisk smallDisk() {
        try {
            return SmallDisk.mount(bed, Files.createDirectory(bed.folder().resolve("disk")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BridgeProcess onDisk(SimulatedRecorder recorder, Mosquitto broker, SmallDisk disk) {
        return BridgeProcess.start(
                bed,
                disk.prefix(),
                "run",
                "--config",
                BridgeOptions.of(recorder, broker.port()).write(bed).toString(),
                "--data",
                disk.folder().toString());
    }
}
