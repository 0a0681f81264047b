package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.FakeBroker;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.fuzz.Parser;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.visit.Alerts;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** The parsers of what others publish to the bridge: the whole loop of delivery takes it. */
public final class DeliveryParsers {

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private DeliveryParsers() {}

    public static List<Parser> all() {
        return List.of(
                messages("birth", "homeassistant/status").with("online", "offline"),
                messages("announce command", "lightnvr/bridge/announce").with("PRESS", ""),
                messages("bridge states", "lightnvr/bridge/state")
                        .with("{\"version\":\"0.3.0\",\"client_id\":\"lightnvr-mqtt\",\"store_id\":\"f00d\"}"),
                messages("devices of others", "homeassistant/device/lightnvr_mqtt_bridge/config")
                        .with("{\"origin\":{\"name\":\"LightNVR MQTT\"},\"components\":{\"a\":{\"platform\":\"sensor\","
                                + "\"state_topic\":\"other/bridge/state\"}}}"),
                messages("own topics", "lightnvr/state/front_door").with("{\"count\":1}", "online"),
                messages("old topic", "camera/detections/front_door")
                        .with(
                                "{\"stream\":\"front_door\",\"timestamp\":1795352249,\"count\":1,\"detections\":"
                                        + "[{\"label\":\"person\",\"confidence\":0.92,\"x\":0,\"y\":0,\"width\":1,\"height\":1}]}"),
                Parser.made("alert commands", () -> alerts("lightnvr/alerts/front_door/set"))
                        .with("ON", "OFF", "OFF 30m", "off 12h"),
                Parser.made("alert pauses", () -> alerts("lightnvr/alerts/front_door/pause/set"))
                        .with("0", "15", "10080.0"),
                Parser.made("control commands", () -> commands("lightnvr/control/front_door/detection/set"))
                        .with("ON", "OFF", "off"),
                Parser.made("presets", () -> commands("lightnvr/control/front_door/ptz_preset/set"))
                        .with("Gate", "PRESS"),
                Parser.made("triggers", () -> commands("lightnvr/trigger/front_door"))
                        .with(
                                "{\"action\":\"pulse\",\"objects\":[\"person\",{\"label\":\"car\",\"confidence\":0.5}],"
                                        + "\"duration_ms\":1500}",
                                "{\"stream\":\"front_door\",\"action\":\"stop\"}"),
                Parser.made("topics", DeliveryParsers::topics)
                        .with(
                                "lightnvr/alerts/front_door/set",
                                "lightnvr/alerts/front_door/pause/set",
                                "lightnvr/control/front_door/detection/set",
                                "lightnvr/trigger/front_door",
                                "camera/detections/front_door",
                                "lightnvr/state/front_door",
                                "homeassistant/status"));
    }

    private static Parser messages(String name, String topic) {
        return Parser.made(name, () -> {
            Loop loop = new Loop();
            return input -> loop.hears(topic, input);
        });
    }

    private static Parser.Feed topics() {
        Loop loop = new Loop();
        return input -> {
            Topic topic;
            try {
                topic = new Topic(new String(input, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return; // As the connection does.
            }
            loop.hears(topic.name(), "OFF".getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The loop, connected, with a stream. */
    private static final class Loop {

        private final DeliveryHarness harness =
                DeliveryHarness.withControls(clock -> new MemoryStore(DeliveryHarness.LIMITS, clock));
        private final FakeBroker.FakeConnection connection = harness.settled();

        Loop() {
            connection.answerAtOnce();
            harness.list(DeliveryHarness.DOOR);
            harness.pass(Duration.ofSeconds(10));
        }

        void hears(String topic, byte[] payload) {
            connection.say(topic, payload, false);
            harness.pass(BETWEEN);
            connection.sent.clear();
            harness.rung.clear();
            harness.commanded.clear();
            if (harness.hasEnded()) {
                throw new AssertionError("The loop has ended");
            }
        }
    }

    private static Parser.Feed commands(String topic) {
        ControlCommands commands = new ControlCommands(
                new TopicLayout("lightnvr"), filter -> {}, filter -> {}, DeliveryParsers::carryOut, sentence -> {}, 0);
        return input -> commands.received(new Topic(topic), input, false, 0);
    }

    private static void carryOut(String key, ControlCommand command) {
        command.wish();
        if (command instanceof ControlCommand.Trigger trigger && trigger.isFor(DeliveryHarness.DOOR)) {
            trigger.body(DeliveryHarness.DOOR);
        }
    }

    private static Parser.Feed alerts(String topic) {
        TopicLayout topics = new TopicLayout("lightnvr");
        AlertCommands commands = new AlertCommands(
                topics,
                filter -> {},
                (key, command) -> command.apply(Alerts.ON).isOn(DeliveryHarness.START),
                Clock.fixed(DeliveryHarness.START, ZoneOffset.UTC),
                0);
        long[] now = {0};
        return input -> {
            commands.received(new Topic(topic), input, false, now[0]);
            commands.refresh(now[0]);
            now[0] += Duration.ofMillis(300).toNanos();
        };
    }
}
