package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** The demo as people start it; alone, since it is measured. */
@Isolated
class DemoIT {

    private static final Duration FIRST_EVENT_WITHIN = Duration.ofSeconds(3);
    private static final int MOST_STARTS = 3;
    private static final String PACKAGE = "mvn -q -DskipTests package && ";
    private static final Predicate<String> EVENT =
            Pattern.compile("\\d\\d:\\d\\d:\\d\\d \\S.* \\d+ %.*").asMatchPredicate();
    private static final Pattern PORT = Pattern.compile("mosquitto_sub .*-p (\\d+)");

    @RegisterExtension
    final TestBed bed = new TestBed();

    @Test
    void showsEventsThatASubscriberOfItsBrokerHearsToo() {
        BridgeProcess demo = BridgeProcess.start(bed, "demo", "--port", "0", "--duration", "6s");
        demo.program().output().await("an event on the screen", EVENT);
        Subscriber subscriber = Subscriber.start(bed, portOf(demo), "listener", "lightnvr/#");

        List<String> shown = demo.program().output().await("events on the screen", 3, EVENT);
        Heard heard = subscriber.await("an event", event -> event.topic().startsWith("lightnvr/detections/"));

        assertThat(shown).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
        assertThat(heard.properties()).containsKeys("event_id", "sequence");
        assertThat(heard.contentType()).isEqualTo("application/json");
        subscriber.await("lightnvr/availability", "online");
        assertThat(demo.exitStatus()).isZero();
        subscriber.await("lightnvr/availability", "offline");
        assertThat(demo.printed()).containsPattern("\\d+ published, \\d+ received; .*p50 .* ms, p99 .* ms");
        assertThat(demo.logText())
                .doesNotContain("\tat ")
                .doesNotContain("WARN")
                .doesNotContain("ERROR");
    }

    /** The least of a few starts counts: what else the machine does can only make it slower. */
    @Test
    void showsItsFirstEventSoon() {
        Duration best = firstEvent();
        for (int i = 1; i < MOST_STARTS && best.compareTo(FIRST_EVENT_WITHIN) >= 0; i++) {
            Duration next = firstEvent();
            best = next.compareTo(best) < 0 ? next : best;
        }

        System.out.println("Demo: first event on the screen after " + best.toMillis() + " ms");
        assertThat(best).isLessThan(FIRST_EVENT_WITHIN);
    }

    @Test
    void isStartedByTheFirstCommandOfTheReadmeAndEndedByCtrlC() {
        bed.enterNetwork();
        Path target = Path.of(BridgeProcess.jar()).getParent();
        BridgeProcess.linkJar(bed);
        String line = Document.of(target.resolveSibling("README.md")).line(PACKAGE);

        Program demo = bed.program(
                "demo",
                Map.of(),
                List.of("env", "--default-signal=INT", "bash", "-c", "exec " + line.substring(PACKAGE.length())));

        demo.output().await("an event on the screen", EVENT);
        Subscriber subscriber = Subscriber.start(bed, 1883, "listener", "lightnvr/#");
        subscriber.await("an event", event -> event.topic().startsWith("lightnvr/detections/"));
        demo.interrupt();
        assertThat(demo.exitStatus(BridgeProcess.ORDERLY)).isZero();
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

    private Duration firstEvent() {
        long start = System.nanoTime();
        BridgeProcess demo = BridgeProcess.start(bed, "demo", "--port", "0");
        demo.program().output().await("an event on the screen", EVENT);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        demo.program().kill();
        return taken;
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
