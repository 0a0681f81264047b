package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the README tells people to type, as it stands there but for the addresses of the recorder and of the broker. It
 * names localhost:1883, so each test runs in a network of its own.
 */
class ReadmeIT {

    private static final Document README = Document.readme();
    private static final String RECORDER = "http://192.168.1.20:8080";

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
                mended(README.code("## Run it", "yaml")).replace("192.168.1.10", "localhost"));
    }

    @Test
    void runsWithoutAFileAndShowsWhatItDoes() {
        Program listening = start("mosquitto_sub -h localhost -t 'lightnvr/#' -v");
        start("run --nvr").errors().await("the connection", line -> line.contains("Connected to the broker"));
        recorder.awaitWatched();

        recorder.sees("person:0.92");
        listening.output().await("an event", line -> line.startsWith("lightnvr/detections/front_door {"));

        Eventually.isSo(
                "nothing waits any more", () -> done("sqlite3 lightnvr-mqtt.db").equals(List.of("front_door|1|0")));
    }

    @Test
    void runsByAFileIsCheckedAndTakesATestEvent() {
        start("-Xmx48m").errors().await("the connection", line -> line.contains("Connected to the broker"));
        recorder.awaitWatched();

        assertThat(done("jar check"))
                .contains("ok       configuration: read from lightnvr-mqtt.yaml")
                .noneMatch(line -> line.startsWith("failed"));
        assertThat(done("jar publish")).anyMatch(line -> line.startsWith("lightnvr/detections/front_door {"));
        assertThat(done("curl")).anyMatch(line -> line.contains("\"detections\":[]"));
    }

    private List<String> done(String part) {
        Program program = start(part);
        assertThat(program.exitStatus(Arrivals.PATIENCE))
                .as(() -> program.errors().all().toString())
                .isZero();
        return program.output().all();
    }

    /** Starts the first piece of shell that has this in it. */
    private Program start(String part) {
        String shell = README.codes().stream()
                .filter(code -> code.language().equals("sh") && code.text().contains(part))
                .findFirst()
                .orElseThrow()
                .text();
        return bed.program(part, Map.of(), List.of("sh", "-e", "-c", "exec " + mended(shell)));
    }

    private String mended(String text) {
        return text.replace(RECORDER, recorder.url());
    }
}
