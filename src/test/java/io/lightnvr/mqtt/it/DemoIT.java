package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.documents.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The demo as people start it. */
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {

    private static final String PACKAGE = "mvn -q -DskipTests package && ";

    /** A line of the demo that shows an event. */
    static final Predicate<String> EVENT =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d \\S.* \\d+ %.*").asMatchPredicate();

    /** Where the tests run in the background of a script, SIGINT would be ignored from birth. */
    private static final List<String> CTRL_C = List.of("env", "--default-signal=INT");

    private static final Pattern PORT = Pattern.compile("mosquitto_sub .*-p (\\d+)");

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void showsEventsThatASubscriberOfItsBrokerHearsToo() {
        BridgeProcess demo = BridgeProcess.start(bed, CTRL_C, "demo", "--port", "0");
        demo.program().output().await("an event on the screen", EVENT);
        Subscriber subscriber = Subscriber.start(bed, portOf(demo), "listener", "lightnvr/#");

        List<String> shown = demo.program().output().await("events on the screen", 3, EVENT);
        Heard heard = subscriber.await("an event", event -> event.topic().startsWith("lightnvr/detections/"));

        assertThat(shown).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        assertThat(heard.properties()).containsKeys("event_id", "sequence");
        assertThat(heard.contentType()).isEqualTo("application/json");
        subscriber.await("lightnvr/availability", "online");
        demo.program().interrupt();
        assertThat(demo.exitStatus()).isZero();
        subscriber.await("lightnvr/availability", "offline");
        assertThat(demo.printed()).containsPattern("\\d+ published, \\d+ received; .*p50 .* ms, p99 .* ms");
        assertThat(demo.logText()).doesNotContain("\tat ").doesNotContain("ERROR");
    }

    @Test
    void isStartedByTheFirstCommandOfTheReadmeAndEndedByCtrlC() {
        bed.enterNetwork();
        BridgeProcess.linkJar(bed);
        String line = Example.DEMO.text().lines().findFirst().orElseThrow();
        assertThat(line).startsWith(PACKAGE);

        List<String> command = new ArrayList<>(CTRL_C);
        command.addAll(List.of("bash", "-c", "exec " + line.substring(PACKAGE.length())));
        Program demo = bed.program("demo", Map.of(), command);

        demo.output().await("an event on the screen", EVENT);
        Subscriber subscriber = Subscriber.start(bed, 1883, "listener", "lightnvr/#");
        subscriber.await("an event", event -> event.topic().startsWith("lightnvr/detections/"));
        demo.interrupt();
        assertThat(demo.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(String.join("\n", demo.output().all())).contains("published", "received");
    }

    @Test
    void takesAFreePortWhenItsOwnIsTaken() {
        Mosquitto other = bed.broker();

        BridgeProcess demo = BridgeProcess.start(bed, "demo", "--port", "" + other.port(), "--duration", "2s");

        assertThat(portOf(demo)).isNotEqualTo(other.port());
        assertThat(demo.exitStatus()).isZero();
        assertThat(other.attempts()).isZero();
    }

    @Test
    void saysWhatIsMissingWithoutItsLibraries() throws IOException {
        Path alone = bed.folder().resolve("lightnvr-mqtt.jar");
        Files.copy(Path.of(BridgeProcess.jar()), alone);

        Program demo =
                bed.program("demo alone", Map.of(), List.of(BridgeProcess.java(), "-jar", alone.toString(), "demo"));

        assertThat(demo.exitStatus(Arrivals.PATIENCE)).isEqualTo(2);
        assertThat(String.join("\n", demo.errors().all())).contains("demo-lib").doesNotContain("\tat ");
    }

    private static int portOf(BridgeProcess demo) {
        String line = demo.program()
                .output()
                .await("the port", text -> PORT.matcher(text).find());
        Matcher matcher = PORT.matcher(line);
        matcher.find();
        return Integer.parseInt(matcher.group(1));
    }
}
