package io.lightnvr.mqtt.it.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bridge as systemd would run it by {@code addon/lightnvr-mqtt.service} and what a page installs beside that. The folders of
 * {@code /etc} that it needs stand in the machine's {@code /etc/mosquitto}.
 */
final class BridgeService {

    private static final String UNIT = "lightnvr-mqtt.service";
    private static final Pattern CREDENTIAL = Pattern.compile("(?m)^LoadCredential=(.+):(/.+)$");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ExecStart=.* -jar \\S+ (.+)$");

    private final TestBed bed;
    private final BrokerMachine machine;

    BridgeService(TestBed bed, BrokerMachine machine) {
        this.bed = bed;
        this.machine = machine;
    }

    /** Does what a page says; there is no systemd to be told of it. */
    void install(String commands) {
        machine.run(moved(commands).replace("systemctl ", ": systemctl "));
    }

    /** Has it installed by the steps of {@code DOCS.md}, with this configuration. */
    void configure(String text) throws IOException {
        Files.createDirectories(machine.file("system"));
        Path configuration = Files.writeString(bed.newFolder("download").resolve("lightnvr-mqtt.yaml"), text);
        install(Example.SYSTEMD
                .text()
                .replace("sudo ", "")
                .replace("mvn ", ": mvn ")
                .replace(" lightnvr-mqtt.yaml ", " " + configuration + " "));
    }

    /** Starts it with copies of what the unit names, after which the originals are gone. */
    BridgeProcess start() throws IOException {
        Path units = machine.file("system");
        machine.run("test -z \"$(systemd-analyze verify " + moved("/etc/systemd/system/") + UNIT + " 2>&1)\"");
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(units)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file).replace("\\\n", " ")).append('\n');
            }
        }
        Path credentials = bed.newFolder("credentials");
        CREDENTIAL
                .matcher(text)
                .results()
                .forEach(found ->
                        machine.run("cp " + moved(found.group(2)) + " " + credentials.resolve(found.group(1))));
        machine.run("rm -r " + moved("/etc/lightnvr-mqtt"));
        Matcher command = COMMAND.matcher(text);
        assertThat(command.find()).isTrue();
        List<String> arguments = new ArrayList<>(List.of(command.group(1)
                .replace("${CREDENTIALS_DIRECTORY}", credentials.toString())
                .replace("/var/lib/lightnvr-mqtt", bed.newFolder("state").toString())
                .split(" ")));
        return BridgeProcess.start(bed, machine.prefix(), arguments.toArray(String[]::new));
    }

    private static String moved(String text) {
        return text.replace("/etc/lightnvr-mqtt", "/etc/mosquitto/lightnvr-mqtt")
                .replace("/opt/lightnvr-mqtt", "/etc/mosquitto/opt")
                .replace("/etc/systemd/system", "/etc/mosquitto/system");
    }
}
