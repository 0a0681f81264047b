package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the recorder's documentation tells people to write, unchanged: its configuration drives the bridge, its scripts
 * understand the events. All of it names localhost:1883, so each test runs in a network of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentationIT {

    private static final Document DOCUMENT = Document.ofTheRecorder();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private Mosquitto broker;

    @BeforeEach
    void startABrokerWhereTheScriptsLookForIt() {
        bed.enterNetwork();
        broker = new Mosquitto(bed, 1883, List.of("allow_anonymous true"));
        broker.start();
    }

    @Test
    void theShellScriptTellsOfPersonsAndOfNothingElse() throws IOException {
        Path notifier = bed.folder().resolve("bin");
        Files.createDirectory(notifier);
        executable(notifier.resolve("notify-send"), "#!/bin/sh\nprintf 'notified:'; printf ' [%s]' \"$@\"; echo\n");
        Program script = script("alert.sh", "### Shell Script (Simple Alerting)", "bash", notifier);
        RecorderProgram recorder = bridgeAsDocumented();

        recorder.sees("cat:0.8", "car:0.7");
        recorder.sees("person:0.92", "car:0.87");

        script.output().await("a notification", line -> line.startsWith("notified:"));
        recorder.sees("person:0.5");
        assertThat(script.output().await("notifications", 2, line -> true))
                .containsExactly(
                        "notified: [Person Detected] [Motion on front_door]",
                        "notified: [Person Detected] [Motion on front_door]");
    }

    @Test
    void thePythonScriptPrintsEachDetection() throws IOException {
        Program script = script("listen.py", "### Python Script", "python", Python.bin());
        RecorderProgram recorder = bridgeAsDocumented();

        recorder.sees("person:0.92", "car:0.87");

        List<String> lines = script.output().await("what it prints", 3, line -> true);
        String time = "\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ]";
        assertThat(lines.get(0)).isEqualTo("Connected to MQTT broker (rc=0)");
        assertThat(lines.get(1)).matches(time + " front_door: person \\(92%\\)");
        assertThat(lines.get(2)).matches(time + " front_door: car \\(87%\\)");
    }

    /** Starts a script of the document, and waits until it has subscribed. */
    private Program script(String name, String heading, String language, Path bin) throws IOException {
        Path file = bed.folder().resolve(name);
        executable(file, DOCUMENT.code(heading, language));
        // Unbuffered, since nobody waits for a full page of Python's output.
        Map<String, String> environment = Map.of("PATH", bin + ":" + System.getenv("PATH"), "PYTHONUNBUFFERED", "1");
        Program script = bed.program(name, environment, List.of(file.toString()));
        broker.log().await("its subscription", line -> line.contains("Sending SUBACK to "));
        return script;
    }

    /** {@code run --config lightnvr.ini --nvr URL} with the documentation's own file. */
    private RecorderProgram bridgeAsDocumented() throws IOException {
        Path ini = bed.folder().resolve("lightnvr.ini");
        Files.writeString(ini, DOCUMENT.code("### 2. Configure LightNVR", "ini"));
        RecorderProgram recorder = RecorderProgram.start(bed, "front_door");
        BridgeProcess.start(bed, "run", "--config", ini.toString(), "--nvr", recorder.url());
        broker.awaitClient("lightnvr");
        return recorder.awaitWatched();
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
