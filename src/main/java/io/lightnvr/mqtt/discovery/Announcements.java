package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What Home Assistant was told of our devices, and what it must be told next.
 *
 * <p>The same bytes are not sent again, but when Home Assistant has started (its birth) and when the broker has forgotten
 * them. Whether it has, a retained <em>marker</em> tells: a hash over all announcements, written when all of them were
 * acknowledged. It is waited for during the first second of a connection, in which nothing is announced.
 *
 * <p>What was taken away stays in mind (its tombstone) until Home Assistant has started once more, since one that was not
 * there would keep it for ever.
 *
 * <p>Not thread-safe; times are of a monotonic clock, in nanoseconds.
 */
public final class Announcements {

    private static final long MARKER_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BIRTH_PAUSE_MILLIS = 2_000;
    private static final int MARKER_BYTES = 8;

    private final Topic markerTopic;
    private final Memory memory;
    private final RandomGenerator random;
    private final Map<Topic, DeviceTopic> topics = new LinkedHashMap<>();
    private final Set<Topic> underWay = new LinkedHashSet<>();
    private final Set<Topic> first = new LinkedHashSet<>();
    private Optional<String> marker = Optional.empty();
    private boolean markerUnderWay;
    private Optional<Long> markerAwaited = Optional.empty();
    private Optional<Long> birth = Optional.empty();
    private long quietUntil;

    /** Keeps what was announced while the process does not run. */
    public interface Memory {

        /** What is kept, by discovery topic, in the order in which the topics were first announced. */
        Map<String, Announced> announced();

        /** Keeps what is announced on a topic; of {@link Announced#NOTHING} nothing. */
        void keep(String topic, Announced announced);

        /** Writes what is kept to the disk. */
        void flush();
    }

    /**
     * Begins with what was announced before: it stays until it is dropped.
     *
     * @param marker the retained topic of the marker
     */
    public Announcements(Topic marker, Memory memory, RandomGenerator random, long now) {
        this.markerTopic = marker;
        this.memory = memory;
        this.random = random;
        this.quietUntil = now;
        memory.announced()
                .forEach((topic, announced) ->
                        topics.put(new Topic(topic), new DeviceTopic(new Topic(topic), announced, now)));
    }

    /** Something is to be announced from now on. What is wanted first is told first. */
    public void want(Announcement announcement, long now) {
        DeviceTopic device =
                topics.computeIfAbsent(announcement.topic(), topic -> new DeviceTopic(topic, Announced.NOTHING, now));
        device.want(announcement);
        if (device.announced().payload().isEmpty()) {
            first.add(announcement.topic());
        }
        quietUntil = now;
    }

    /** Nothing is to be announced there any more. */
    public void drop(Topic topic, long now) {
        Optional.ofNullable(topics.get(topic)).ifPresent(DeviceTopic::drop);
        quietUntil = now;
    }

    /** Something of ours was found on the broker. */
    public void found(Topic topic, String payload, long now) {
        if (!topics.containsKey(topic)) {
            Announced announced = new Announced(payload, "");
            topics.put(topic, new DeviceTopic(topic, announced, now));
            memory.keep(topic.name(), announced);
        }
    }

    /** The discovery topics on which something is announced. */
    public Set<Topic> announced() {
        Set<Topic> announced = new LinkedHashSet<>();
        topics.forEach((topic, device) -> {
            if (!device.announced().payload().isEmpty()) {
                announced.add(topic);
            }
        });
        return announced;
    }

    /** Whether nothing was ever announced, and nothing is to be told of what was. */
    public boolean isEmpty() {
        return topics.isEmpty();
    }

    /** Whether the broker keeps nothing there. */
    public boolean isWithdrawn(Topic topic) {
        DeviceTopic device = topics.get(topic);
        return device == null || device.announced().payload().isEmpty() && !device.isUnanswered();
    }

    /** The topics that the entities of a device read. */
    public Set<String> readBy(Topic topic) {
        return Optional.ofNullable(topics.get(topic))
                .map(device -> DevicePayload.of(device.announced().payload()).topics())
                .orElse(Set.of());
    }

    /** There is a new connection, to a broker that may have forgotten everything. */
    public void connected(long now) {
        topics.values().forEach(device -> device.startOver(now));
        underWay.clear();
        markerUnderWay = false;
        marker = Optional.of("");
        markerAwaited = announced().isEmpty() ? Optional.empty() : Optional.of(now + MARKER_NANOS);
        quietUntil = now;
    }

    /** The broker keeps this marker. */
    public void marker(String kept, long now) {
        if (markerAwaited.isPresent()) {
            markerAwaited = Optional.empty();
            marker = Optional.of(kept);
            sayWhatIsForgotten();
            quietUntil = now;
        }
    }

    /**
     * Home Assistant has started. It is told everything after a pause of up to 2 s, which spreads many bridges.
     *
     * @return whether that is news, and not said again during the pause
     */
    public boolean birth(long now) {
        if (birth.isPresent()) {
            return false;
        }
        birth = Optional.of(
                now + Duration.ofMillis(random.nextLong(BIRTH_PAUSE_MILLIS)).toNanos());
        quietUntil = now;
        return true;
    }

    /** Everything is to be told at once, also what is gone. */
    public void tellAgain(long now) {
        topics.values().forEach(DeviceTopic::sayAgain);
        exhume(now);
    }

    /** What is gone is to be told once more. */
    public void exhume(long now) {
        topics.values().forEach(DeviceTopic::exhume);
        quietUntil = now;
    }

    /** What is to be published now, if anything is. */
    public Optional<Message> next(long now) {
        onTime(now);
        if (markerAwaited.isPresent() || now - quietUntil < 0) {
            return Optional.empty();
        }
        rememberFirst();
        for (Map.Entry<Topic, DeviceTopic> entry : topics.entrySet()) {
            Optional<Message> message = entry.getValue().next(now);
            if (message.isPresent()) {
                underWay.add(entry.getKey());
                return message;
            }
        }
        Optional<Message> message = nextMarker();
        if (message.isEmpty()) {
            quietUntil = topics.values().stream()
                    .mapToLong(DeviceTopic::deadline)
                    .min()
                    .orElse(Long.MAX_VALUE);
        }
        return message;
    }

    /** When {@link #next} has something at the earliest, if nothing else happens. */
    public long deadline() {
        long pause = markerAwaited.orElse(quietUntil);
        return Math.min(pause, birth.orElse(Long.MAX_VALUE));
    }

    /** The broker has taken a message; nothing happens where it is none of these. */
    public void told(Topic topic, long now) {
        if (topic.equals(markerTopic)) {
            markerUnderWay = false;
        } else if (underWay.contains(topic)) {
            topics.get(topic).answered();
            end(topic, now);
        }
    }

    /** The broker does not take a message; nothing happens where it is none of these. */
    public void refused(Topic topic, long now) {
        if (topic.equals(markerTopic)) {
            markerUnderWay = false;
            marker = Optional.empty();
        } else if (underWay.contains(topic)) {
            DeviceTopic device = topics.get(topic);
            device.refused();
            if (device.announced().payload().isEmpty()) {
                first.add(topic);
            }
            end(topic, now);
        }
    }

    private void end(Topic topic, long now) {
        underWay.remove(topic);
        remember(topic);
        topics.values().removeIf(DeviceTopic::isGone);
        quietUntil = underWay.isEmpty() ? now : quietUntil;
    }

    /** Whether there is nothing to tell, and no answer to wait for. */
    public boolean isQuiet() {
        return markerAwaited.isEmpty()
                && birth.isEmpty()
                && topics.values().stream().allMatch(DeviceTopic::isQuiet)
                && isMarked();
    }

    /** The broker may keep it as soon as it is sent, so it is durable before; all at once, since each time costs. */
    private void rememberFirst() {
        first.retainAll(topics.keySet());
        List<Topic> due = first.stream()
                .filter(topic -> topics.get(topic).deadline() != Long.MAX_VALUE)
                .toList();
        if (!due.isEmpty()) {
            due.forEach(topic -> memory.keep(topic.name(), topics.get(topic).intended()));
            due.forEach(first::remove);
            memory.flush();
        }
    }

    private void remember(Topic topic) {
        memory.keep(topic.name(), topics.get(topic).announced());
    }

    private void onTime(long now) {
        if (markerAwaited.filter(due -> now - due >= 0).isPresent()) {
            marker("", now);
        }
        if (birth.filter(due -> now - due >= 0).isPresent()) {
            birth = Optional.empty();
            tellAgain(now);
        }
    }

    private void sayWhatIsForgotten() {
        if (!isMarked()) {
            topics.values().forEach(DeviceTopic::sayAgain);
        }
    }

    private Optional<Message> nextMarker() {
        boolean allAnswered = underWay.isEmpty() && topics.values().stream().allMatch(DeviceTopic::isQuiet);
        if (markerUnderWay || !allAnswered || isMarked()) {
            return Optional.empty();
        }
        memory.flush();
        marker = Optional.of(expectedMarker());
        markerUnderWay = true;
        return marker.map(text -> Message.retained(markerTopic, text));
    }

    /** Whether the broker's marker is right, or there is no connection that could tell. */
    private boolean isMarked() {
        return marker.isEmpty() || marker.get().equals(expectedMarker());
    }

    /** A hash over all that is announced; nothing where nothing is. */
    private String expectedMarker() {
        MessageDigest digest = Sha256.digest();
        boolean any = false;
        for (Topic topic : topics.keySet().stream()
                .sorted(Comparator.comparing(Topic::name))
                .toList()) {
            String payload = topics.get(topic).announced().payload();
            if (!payload.isEmpty()) {
                any = true;
                digest.update((topic + "\n" + payload + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return any ? HexFormat.of().formatHex(digest.digest(), 0, MARKER_BYTES) : "";
    }
}
