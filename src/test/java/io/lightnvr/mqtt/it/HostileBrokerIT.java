package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What others keep, write, flood and forbid at the broker, against a bridge with the memory of a small machine. */
@Execution(ExecutionMode.CONCURRENT)
class HostileBrokerIT {

    private static final int RETAINED = Integer.getInteger("retained", 20_000);
    private static final String EVENT = "lightnvr/events/front_door ";
    private static final Pattern SUBSCRIPTION = Pattern.compile(".*\\t(\\S+) \\(QoS \\d\\)");
    private static final List<String> NOW = List.of(
            "lightnvr/availability",
            "lightnvr/availability/front_door",
            "lightnvr/state/front_door",
            "lightnvr/bridge/state");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A flood is bounded, whatever else happens. */
    private static final int MOST_OF_A_FLOOD = 200_000;

    @RegisterExtension
    final TestBed bed = new TestBed();

    private SimulatedRecorder recorder;
    private Camera camera;
    private int bridges;
    private int subscribers;

    @BeforeEach
    void watchARecorder() {
        recorder = bed.recorder(RecorderSetup.open());
        camera = Camera.of(recorder, "front_door");
    }

    @Test
    void garbageOnEachOfItsTopicsDoesNoHarm() {
        Mosquitto broker = bed.broker();
        BridgeProcess first = run(broker, "lightnvr");
        camera.awaitWatched().sees(Measured.person());
        Arrivals<String> heard = listen(broker, "listener");
        awaitEvents(heard, 1);
        Set<String> topics = topics(broker);
        assertThat(topics)
                .contains("lightnvr/availability/front_door", "lightnvr/bridge/announced", "lightnvr/v1/status/x");
        assertThat(first.terminate()).isZero();
        Spammer spammer = Spammer.connect(bed, broker.port(), "spammer");
        int events = 1;
        for (Map.Entry<String, byte[]> garbage : garbage().entrySet()) {
            camera.expectAnotherBridge();
            topics.forEach(topic -> spammer.keep(topic, garbage.getValue()));
            spammer.awaitTaken();

            BridgeProcess bridge = run(broker, "lightnvr");
            awaitSecondQuestion();
            camera.sees(Measured.person());
            awaitEvents(heard, ++events);
            awaitRight(broker, garbage.getKey() + " that was there before");
            topics.forEach(topic -> spammer.keep(topic, garbage.getValue()));
            spammer.awaitTaken();
            camera.sees(Measured.person());
            awaitEvents(heard, ++events);

            spammer.say("lightnvr/bridge/announce", "what is too large is not heard");
            spammer.awaitTaken();
            awaitRight(broker, garbage.getKey() + " that came meanwhile");
            assertThat(bridge.terminate()).as(garbage.getKey()).isZero();
            assertThat(bridge.logText())
                    .as(garbage.getKey())
                    .doesNotContain("\tat ")
                    .doesNotContain("OutOfMemory")
                    .doesNotContain("\u001b");
            assertThat(bridge.log().all()).as(garbage.getKey()).hasSizeLessThan(60);
        }
    }

    @Test
    void manyRetainedMessagesOfOthersHoldNothingUp() {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        ForeignTopics.keep(Spammer.connect(bed, broker.port(), "spammer"), RETAINED);
        Arrivals<String> heard = listen(broker, "listener");

        BridgeProcess bridge = run(broker, "lightnvr");
        camera.awaitWatched().sees(Measured.person());

        awaitEvents(heard, 1);
        assertThat(bridge.terminate()).isZero();
        assertThat(bridge.logText()).doesNotContain("OutOfMemory");
        assertThat(bridge.logged("Connected to the broker")).isOne();
    }

    @Test
    void floodsDelayNoEventsBeyondTheirRounds() throws InterruptedException {
        Mosquitto broker = Measured.broker(bed, Ports.free());
        Arrivals<String> heard = listen(broker, "listener");
        BridgeProcess bridge = run(broker, "lightnvr");
        camera.awaitWatched().sees(Measured.person());
        awaitEvents(heard, 1);
        long asked = camera.questions();
        long begun = System.nanoTime();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        List<Thread> floods = Stream.of(
                        List.of("lightnvr/bridge/announce", "PRESS", "PRESS"),
                        List.of("homeassistant/status", "online", "online"),
                        List.of("lightnvr/alerts/front_door/set", "ON", "OFF"),
                        List.of("lightnvr/alerts/front_door/pause/set", "1", "2"),
                        List.of("lightnvr/alerts/front_door/set", "\u001b[2J", "nonsense"),
                        List.of("lightnvr/alerts/front_door/pause/set", "9".repeat(1 << 20), "nonsense"),
                        List.of("lightnvr/availability/front_door", "offline", "nonsense"),
                        List.of("lightnvr/bridge/state", "{}", "nonsense"),
                        List.of("lightnvr/detections/front_door", "{}", "nonsense"))
                .map(flood -> flood(broker, flood, goesOn))
                .toList();

        for (int event = 2; event <= 6; event++) {
            camera.sees(Measured.person());
            awaitEvents(heard, event);
        }

        for (String round : List.of("Announcing everything again", "Home Assistant has started")) {
            bridge.log().await("a round of what is announced", line -> line.contains(round));
        }
        goesOn.set(false);
        for (Thread flood : floods) {
            flood.join();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;
        assertThat(bridge.logged("Announcing everything again"))
                .as("rounds in %d s", seconds)
                .isBetween(1, (int) seconds / 10 + 1);
        assertThat(bridge.logged("Home Assistant has started")).isBetween(1, (int) seconds / 10 + 1);
        assertThat(camera.questions() - asked).as("polls in %d s", seconds).isLessThan(seconds * 20 + 20);
        assertThat(bridge.log().all()).hasSizeLessThan(60);
        assertThat(bridge.logText()).doesNotContain("OutOfMemory").doesNotContain("\u001b");
        awaitRight(broker, "the flood");
        assertThat(bridge.terminate()).isZero();
    }

    @Test
    void goesOnWithoutTheSubscriptionsThatAreRefused() throws IOException {
        Mosquitto open = bed.broker();
        BridgeProcess first = run(open, "nvr");
        camera.awaitWatched();
        Eventually.isSo("subscriptions of both connections", () -> filters(open).size() > 12);
        assertThat(first.terminate()).isZero();
        Set<String> filters = filters(open);
        Mosquitto broker = bed.broker(
                "allow_anonymous true", "plugin " + dynamicSecurity(), "plugin_opt_config_file " + refusing(filters));
        Arrivals<String> heard = listen(broker, "listener");
        camera.expectAnotherBridge();

        BridgeProcess bridge = run(broker, "nvr");
        camera.awaitWatched().sees(Measured.person());

        awaitEvents(heard, 1);
        for (String filter : filters) {
            assertThat(bridge.log()
                            .await(
                                    "a sentence about " + filter,
                                    line -> line.contains(" " + filter + ": not authorized")))
                    .as("what to do")
                    .contains(" -> ");
        }
        Eventually.isSo("findings about all of them", () -> {
            String state = kept(broker, List.of("lightnvr/bridge/+")).getOrDefault("lightnvr/bridge/state", "");
            return filters.stream().allMatch(filter -> state.contains(" " + filter + ": not authorized"));
        });
        assertThat(bridge.terminate()).isZero();
    }

    /** Each of another kind, by what it is. */
    private static Map<String, byte[]> garbage() {
        Map<String, byte[]> garbage = new LinkedHashMap<>();
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        garbage.put("each byte", all);
        garbage.put(
                "JSON of another form",
                "{\"client_id\":[],\"type\":{},\"time\":1e999999,\"data\":\"\"}".getBytes(StandardCharsets.UTF_8));
        garbage.put("deep JSON", "[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        garbage.put("a large text", "\u001b]0;x\u0007".repeat(150_000).getBytes(StandardCharsets.UTF_8));
        garbage.put("a text beyond all limits", new byte[2 << 20]);
        garbage.put("nothing", new byte[0]);
        return garbage;
    }

    private Thread flood(Mosquitto broker, List<String> flood, AtomicBoolean goesOn) {
        Spammer spammer = Spammer.connect(bed, broker.port(), "flood-" + flood.hashCode());
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; i < MOST_OF_A_FLOOD && goesOn.get(); i++) {
                        spammer.say(flood.get(0), flood.get(1 + i % 2));
                    }
                    spammer.awaitTaken();
                },
                "flood");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A new store takes what the first answer holds for old; the next one is asked for when that is known. */
    private void awaitSecondQuestion() {
        camera.awaitWatched();
        long asked = camera.questions();
        Eventually.isSo("one more question", () -> camera.questions() > asked);
    }

    /** A bridge with a store of its own and little memory. */
    private BridgeProcess run(Mosquitto broker, String recordersPrefix) {
        BridgeOptions options = BridgeOptions.of(recorder, broker.port()).nvr("topic_prefix", recordersPrefix);
        String name = "bridge-" + ++bridges;
        Path data = bed.newFolder(name);
        return BridgeProcess.start(
                bed,
                List.of(),
                Measured.SMALL_FLAGS,
                "run",
                "--config",
                options.write(bed, name + ".json").toString(),
                "--data",
                data.toString());
    }

    /** Messages in hexadecimal, since they may hold anything; nothing that was kept. */
    private Arrivals<String> listen(Mosquitto broker, String id) {
        return bed.program(
                        id,
                        Map.of(),
                        List.of(
                                "mosquitto_sub",
                                "-V",
                                "5",
                                "-i",
                                id,
                                "-h",
                                "localhost",
                                "-p",
                                "" + broker.port(),
                                "-R",
                                "-t",
                                "lightnvr/events/front_door",
                                "-F",
                                "%t %x"))
                .output();
    }

    private static void awaitEvents(Arrivals<String> heard, int count) {
        heard.await(
                "event " + count,
                count,
                line -> line.startsWith(EVENT)
                        && text(line.substring(EVENT.length())).contains("\"event_id\""));
    }

    private void awaitRight(Mosquitto broker, String after) {
        Eventually.isSo("all that is now, after " + after, () -> {
            Map<String, String> kept = kept(broker, NOW);
            return "online".equals(kept.get("lightnvr/availability"))
                    && "online".equals(kept.get("lightnvr/availability/front_door"))
                    && isObject(kept.get("lightnvr/state/front_door"), "labels")
                    && isObject(kept.get("lightnvr/bridge/state"), "client_id");
        });
    }

    private static boolean isObject(String text, String field) {
        try {
            return text != null && JSON.readTree(text).has(field);
        } catch (IOException e) {
            return false;
        }
    }

    private Map<String, String> kept(Mosquitto broker, List<String> filters) {
        String id = "kept-" + ++subscribers;
        List<String> command = new ArrayList<>(List.of("mosquitto_sub", "-V", "5", "-i", id, "-h", "localhost"));
        command.addAll(List.of("-p", "" + broker.port(), "--retained-only", "-W", "1", "-F", "%t %x"));
        filters.forEach(filter -> command.addAll(List.of("-t", filter)));
        Program subscriber = bed.program("mosquitto_sub", Map.of(), command, 1);
        subscriber.exitStatus(Arrivals.PATIENCE);
        return subscriber.output().all().stream()
                .map(line -> line.split(" ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> text(pair[1]), (before, after) -> after));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    /** All topics that the bridge keeps something on or listens to, or one of those that a wildcard stands for. */
    private static Set<String> topics(Mosquitto broker) {
        Set<String> topics = new LinkedHashSet<>();
        broker.kept("%t").stream().filter(topic -> !topic.startsWith("test/")).forEach(topics::add);
        filters(broker)
                .forEach(filter -> topics.add(filter.replace("+", "front_door").replace("#", "x")));
        topics.add("lightnvr/detections/front_door");
        topics.add("lightnvr/events/front_door");
        topics.add("lightnvr/visits/front_door");
        topics.add("lightnvr/v1/status/x");
        return topics;
    }

    /** What bridges have subscribed to. */
    private static Set<String> filters(Mosquitto broker) {
        Set<String> filters = new LinkedHashSet<>();
        for (String line : broker.log().all()) {
            Matcher subscription = SUBSCRIPTION.matcher(line);
            if (subscription.matches()
                    && !subscription.group(1).equals("#")
                    && !subscription.group(1).equals("lightnvr/events/front_door")) {
                filters.add(subscription.group(1));
            }
        }
        return filters;
    }

    /** Mosquitto's access control by a file refuses no subscription; its plugin does. */
    private static Path dynamicSecurity() throws IOException {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 2, (path, attributes) -> path.endsWith("mosquitto_dynamic_security.so"))) {
            return found.findFirst()
                    .orElseThrow(() -> new AssertionError("Mosquitto's plugin for access control is missing"));
        }
    }

    private Path refusing(Set<String> filters) {
        List<Map<String, Object>> rules = new ArrayList<>();
        filters.forEach(filter ->
                rules.add(Map.of("acltype", "subscribeLiteral", "topic", filter, "priority", 0, "allow", false)));
        Map<String, Boolean> allowed =
                Map.of("publishClientSend", true, "publishClientReceive", true, "subscribe", true, "unsubscribe", true);
        Path file = bed.folder().resolve("dynamic-security.json");
        try {
            JSON.writeValue(
                    file.toFile(),
                    Map.of(
                            "defaultACLAccess", allowed,
                            "anonymousGroup", "all",
                            "clients", List.of(),
                            "groups",
                                    List.of(Map.of(
                                            "groupname",
                                            "all",
                                            "clients",
                                            List.of(),
                                            "roles",
                                            List.of(Map.of("rolename", "some")))),
                            "roles", List.of(Map.of("rolename", "some", "acls", rules))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
