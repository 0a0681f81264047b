package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line answers when there is nothing to run. */
@Execution(ExecutionMode.CONCURRENT)
class CommandLineIT {

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void tellsItsCommands() {
        BridgeProcess bridge = BridgeProcess.start(bed, "--help");

        assertThat(bridge.exitStatus()).isZero();
        assertThat(bridge.printed()).contains("run", "publish", "demo", "Exit status:");
    }

    @ParameterizedTest
    @CsvSource({
        "run,--config --nvr --data",
        "publish,--stream --label --confidence --zone --config --data",
        "demo,--port --duration"
    })
    void explainsEachCommand(String command, String options) {
        BridgeProcess bridge = BridgeProcess.start(bed, command, "--help");

        assertThat(bridge.exitStatus()).isZero();
        assertThat(bridge.printed()).contains(options.split(" "));
    }

    @Test
    void tellsItsVersion() {
        BridgeProcess bridge = BridgeProcess.start(bed, "--version");

        assertThat(bridge.exitStatus()).isZero();
        assertThat(bridge.printed()).matches("lightnvr-mqtt \\d+\\.\\d+\\.\\d+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "nonsense", "run --nonsense", "publish", "publish --stream a", "run --nvr"})
    void refusesAWrongCommandLine(String arguments) {
        BridgeProcess bridge = BridgeProcess.start(bed, arguments.split(" "));

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("Usage:").doesNotContain("\tat ");
        assertThat(bridge.printed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish --label cat --stream",
                "publish --stream door --label",
                "publish --stream door --label cat --zone",
                "publish --stream door --label cat --config",
                "check --test-event",
                "run --config",
                "run --data",
                "run --heartbeat",
                "run --nvr",
                "run --forget"
            })
    void refusesLettersThatTheLocaleCannotHold(String arguments) {
        List<String> prefix = List.of("env", "LC_ALL=C", "sh", "-c", "exec \"$@\" \"$(printf 'T\\303\\274r')\"", "sh");

        BridgeProcess bridge = BridgeProcess.start(bed, prefix, arguments.split(" "));

        assertThat(bridge.exitStatus()).isEqualTo(2);
        String option = arguments.substring(arguments.lastIndexOf(' ') + 1);
        assertThat(bridge.log().all().get(0))
                .startsWith("Invalid value for option '" + option + "': ")
                .endsWith("letters that the locale cannot hold (its encoding is ANSI_X3.4-1968);"
                        + " begin the command with LC_ALL=C.UTF-8");
    }

    @Test
    void refusesARelativePathInAFolderWhoseNameTheLocaleCannotHold() {
        String enter = "folder=$(printf 'T\\303\\274r') && mkdir \"$folder\" && cd \"$folder\" && exec \"$@\"";
        List<String> prefix = List.of("env", "LC_ALL=C", "sh", "-c", enter, "sh");

        BridgeProcess bridge = BridgeProcess.start(bed, prefix, "run", "--config", "lightnvr-mqtt.yaml");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.log().all().get(0)).contains("--config", "the current folder", "LC_ALL=C.UTF-8");
    }

    @Test
    void refusesAFileOfTheConfigurationThatTheLocaleCannotHold() throws IOException {
        Files.writeString(bed.folder().resolve("lightnvr-mqtt.yaml"), """
                nvr: {url: 'http://localhost:1'}
                mqtt: {tls_enabled: true, tls_ca_file: "/etc/T\\u00fcr.crt"}
                """);

        BridgeProcess bridge = BridgeProcess.start(bed, List.of("env", "LC_ALL=C"), "run");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText())
                .contains(
                        "mqtt.tls_ca_file: ",
                        "has letters that the locale cannot hold; run the bridge with LC_ALL=C.UTF-8");
    }

    @Test
    void namesTheThreePlacesOfAConfigurationWhenThereIsNone() {
        BridgeProcess bridge = BridgeProcess.start(bed, "run");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("/data/options.json", "lightnvr-mqtt.yaml", "--nvr", "--config");
    }

    @Test
    void tellsEverythingThatIsWrongWithAConfiguration() throws IOException {
        Files.writeString(bed.folder().resolve("lightnvr-mqtt.yaml"), """
                nvr:
                  url: ftp://recorder
                mqtt:
                  qos: 3
                  broker_prot: 1883
                  username: bob
                  password: hunter2
                  topic_prefix: a/#
                """);

        BridgeProcess bridge = BridgeProcess.start(bed, "run");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText())
                .contains("mqtt.qos: 3 is out of range; use a whole number from 0 to 2")
                .contains("did you mean mqtt.broker_port?")
                .contains("nvr.url", "mqtt.topic_prefix")
                .doesNotContain("hunter2")
                .doesNotContain("\tat ");
    }

    @Test
    void saysThatAFileIsNotThere() {
        BridgeProcess bridge = BridgeProcess.start(bed, "run", "--config", "nowhere.yaml");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("nowhere.yaml").doesNotContain("\tat ");
    }

    @Test
    void wantsToKnowWhereTheRecorderIs() throws IOException {
        Files.writeString(bed.folder().resolve("lightnvr-mqtt.yaml"), "mqtt: {qos: 2}\n");

        BridgeProcess bridge = BridgeProcess.start(bed, "run");

        assertThat(bridge.exitStatus()).isEqualTo(2);
        assertThat(bridge.logText()).contains("nvr.url: is missing");
    }

    @Test
    void endsWithASentenceWhereMqttIsSwitchedOff() throws IOException {
        Files.writeString(bed.folder().resolve("lightnvr-mqtt.yaml"), """
                nvr: {url: 'http://localhost:1'}
                mqtt: {enabled: false}
                """);

        BridgeProcess bridge = BridgeProcess.start(bed, "run");

        assertThat(bridge.exitStatus()).isZero();
        assertThat(bridge.printed()).contains("mqtt.enabled is false");
        assertThat(bridge.logText()).isEmpty();
    }

    @Test
    void logsWithTheTimeAndNothingBelowItsLevel() throws IOException {
        Files.writeString(bed.folder().resolve("lightnvr-mqtt.yaml"), """
                nvr: {url: 'http://localhost:1'}
                mqtt: {broker_host: localhost, broker_port: 1}
                log_level: warning
                """);

        BridgeProcess bridge = BridgeProcess.start(bed, "run");
        bridge.awaitLog("The recorder at");
        bridge.awaitLog("The broker localhost:1");

        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.log().all())
                .allSatisfy(line -> assertThat(line)
                        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} (WARN|ERROR) \\w+ - .*"));
    }

    @Test
    void runsWithTheDefaultsWhereOnlyTheRecorderIsNamed() {
        bed.enterNetwork();
        Mosquitto broker = new Mosquitto(bed, 1883, List.of("allow_anonymous true"));
        broker.start();
        Path data = bed.folder();

        BridgeProcess bridge =
                BridgeProcess.start(bed, "run", "--nvr", "http://localhost:1", "--data", data.toString());

        broker.awaitClient("lightnvr-mqtt");
        assertThat(bridge.awaitLog("LightNVR MQTT")).contains("the defaults", "data folder: " + data);
        assertThat(bridge.terminate()).isZero();
    }
}
