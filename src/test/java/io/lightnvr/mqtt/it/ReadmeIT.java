package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the README tells people to type, as it stands there but for the addresses of the recorder and of the broker. It
 * names localhost:1883, so each test runs in a network of its own.
 */
class ReadmeIT {

    private static final String RECORDER = "http://192.168.1.20:8080";
    private static final Pattern VERSION = Pattern.compile("(?<=LightNVR) [\\d.]+");
    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private RecorderProgram recorder;

    @BeforeEach
    void makeAMachineWithABrokerAndARecorder() throws IOException {
        bed.enterNetwork();
        new Mosquitto(bed, 1883, List.of("allow_anonymous true")).start();
        recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess.linkJar(bed);
        Files.writeString(
                bed.folder().resolve("lightnvr-mqtt.yaml"),
                mended(Example.CONFIGURATION.text()).replace("192.168.1.10", "localhost"));
    }

    @Test
    void runsWithoutAFileAndShowsWhatItDoes() {
        Program listening = start(Example.SUBSCRIBE);
        awaitConnection(start(Example.RUN_WITHOUT_A_FILE));
        recorder.awaitWatched();

        recorder.sees("person:0.92");
        listening.output().await("an event", line -> line.startsWith("lightnvr/detections/front_door {"));

        Eventually.isSo("nothing waits any more", () -> done(Example.WHAT_WAITS).equals(List.of("front_door|1|0")));
    }

    @Test
    void runsByAFileIsCheckedAndTakesATestEvent() {
        awaitConnection(start(Example.RUN_ON_A_SMALL_MACHINE));
        recorder.awaitWatched();

        assertThat(done(Example.CHECK))
                .contains("ok       configuration: read from lightnvr-mqtt.yaml")
                .noneMatch(line -> line.startsWith("failed"));
        assertThat(done(Example.PUBLISH)).anyMatch(line -> line.startsWith("lightnvr/detections/front_door {"));
        assertThat(done(Example.ASK_THE_RECORDER)).anyMatch(line -> line.contains("\"detections\":[]"));
    }

    /** But for the numbers in it, and the version, which only an administrator's login is told; what the page shows behind its dots needs another recorder, and a broker that refuses. */
    @Test
    void showsWhatTheDoctorSays() {
        Set<String> said =
                done(Example.CHECK).stream().map(ReadmeIT::withoutNumbers).collect(Collectors.toSet());
        List<String> shown = Example.CHECK_SHOWS.text().lines().toList();

        assertThat(shown.subList(0, shown.indexOf("...")))
                .hasSize(4)
                .allSatisfy(line -> assertThat(said).contains(withoutNumbers(line)));
        assertThat(shown)
                .allMatch(
                        line -> line.equals("...") || line.matches("(ok|failed) +(recorder|broker|configuration): .+"));
    }

    @Test
    void looksWhetherTheBrokerIsThere() {
        Program listening = start(Example.SUBSCRIBE);
        String[] hello = Example.BROKER_IS_THERE.text().split("\n", 2);

        assertThat(shell(hello[0]).exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(hello[1]).isEqualTo(Example.SUBSCRIBE.text());
        assertThat(listening.output().all()).isEmpty();
    }

    private static void awaitConnection(Program bridge) {
        bridge.errors().await("the connection", line -> line.contains("Connected to the broker"));
    }

    private static String withoutNumbers(String line) {
        return NUMBERS.matcher(VERSION.matcher(line).replaceAll("")).replaceAll("N");
    }

    private List<String> done(Example example) {
        Program program = start(example);
        assertThat(program.exitStatus(Arrivals.PATIENCE))
                .as(() -> program.errors().all().toString())
                .isZero();
        return program.output().all();
    }

    private Program start(Example example) {
        return shell(example.text());
    }

    private Program shell(String command) {
        return bed.program(command, Map.of(), List.of("sh", "-e", "-c", "exec " + mended(command)));
    }

    private String mended(String text) {
        return text.replace(RECORDER, recorder.url());
    }
}
