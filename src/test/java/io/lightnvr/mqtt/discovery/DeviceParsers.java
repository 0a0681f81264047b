package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.fuzz.Parser;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The parsers of announcements: those that the broker has of a store that was lost, and those in the store. */
public final class DeviceParsers {

    private static final Topic MARKER = new Topic("lightnvr/bridge/announced");
    private static final String DEVICE = read("stream-front_door");
    private static final String OLDER = "{\"components\":{\"gone\":{\"platform\":\"sensor\",\"name\":\"n\"}}}";
    private static final String SMALL = "{\"device\":{\"name\":\"Door\"},\"origin\":{\"name\":\"LightNVR MQTT\"},"
            + "\"components\":{\"count\":{\"platform\":\"sensor\",\"state_topic\":\"lightnvr/state/door\"},"
            + "\"image\":{\"platform\":\"image\",\"image_topic\":\"lightnvr/image/door\"}}}";
    private static final long STEP = Duration.ofMillis(2_500).toNanos();
    private static final int STEPS = 5;
    private static final TopicLayout TOPICS = new TopicLayout("lightnvr");
    private static final Discovery DISCOVERY = new Discovery(
            "homeassistant",
            "lightnvr_mqtt",
            Optional.empty(),
            TOPICS,
            "0.3.0",
            EventGroups.standard(),
            List.of(),
            Duration.ofSeconds(30),
            true,
            true,
            stream -> Optional.empty());

    private DeviceParsers() {}

    public static List<Parser> all() {
        return List.of(
                Parser.of("retained marker", input -> marker(text(input))).with("0123456789abcdef", ""),
                devices("devices at the broker", input -> found(text(input)))
                        .with(DEVICE, read("bridge"))
                        .finding("a topic of 70,000 bytes", SMALL.replace("state/door", "state/" + "d".repeat(70_000))),
                devices("devices in the store", input -> kept(new Announced(text(input), OLDER)))
                        .finding("components that are a text", "{\"components\":\"sensor\",\"name\":\"n\"}"),
                devices("removed devices in the store", input -> kept(new Announced(SMALL, text(input)))));
    }

    private static Parser devices(String name, Parser.Feed feed) {
        return Parser.of(name, feed).upTo(64 << 10).with(SMALL, OLDER);
    }

    private static void marker(String hash) {
        Announcements announcements =
                new Announcements(MARKER, new Kept(Map.of(MARKER.name(), new Announced(OLDER, ""))), new Random(1), 0);
        announcements.connected(0);
        announcements.markerReceived(hash, 0);
        send(announcements, 0);
        announcements.isQuiet();
    }

    /** As the command that removes all devices does. */
    private static void found(String payload) {
        Topic topic = DISCOVERY.bridgeTopic();
        DISCOVERY.isOfAnother(payload);
        if (DISCOVERY.owns(topic.name(), payload)) {
            Announcements announcements = new Announcements(MARKER, new Kept(Map.of()), new Random(1), 0);
            announcements.found(topic, payload, 0);
            announcements.repeatRemovals(0);
            announcements.readBy(topic).stream().filter(TOPICS::keeps).forEach(Topic::new);
            announcements.withdraw(topic, 0);
            send(announcements, 0);
        }
    }

    private static void kept(Announced announced) {
        Topic topic = DISCOVERY.bridgeTopic();
        Announcements announcements =
                new Announcements(MARKER, new Kept(Map.of(topic.name(), announced)), new Random(1), 0);
        announcements.connected(0);
        announcements.markerReceived("f00d", 0);
        long now = send(announcements, 0);
        announcements.announce(new Announcement(topic, SMALL, id -> id.equals("image")), now);
        announcements.birth(now);
        now = send(announcements, now);
        announcements.withdraw(topic, now);
        announcements.birth(now);
        send(announcements, now);
    }

    private static long send(Announcements announcements, long begun) {
        long now = begun;
        for (int i = 0; i < STEPS; i++) {
            announcements.next(now).ifPresent(message -> announcements.acknowledged(message.topic(), begun));
            now += STEP;
        }
        return now;
    }

    private record Kept(Map<String, Announced> announced) implements Announcements.Memory {

        @Override
        public void keep(String topic, Announced announced) {
            // Nothing comes after this process.
        }

        @Override
        public void flush() {
            // As above.
        }
    }

    private static String read(String name) {
        try (InputStream file = DeviceParsers.class.getResourceAsStream("0.3.0/" + name + ".json")) {
            return text(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
