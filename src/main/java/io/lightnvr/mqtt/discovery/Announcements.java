package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Announces devices to Home Assistant, and withdraws them.
 *
 * <p>The same bytes are published again only when Home Assistant has started (its birth) and when the broker has forgotten
 * them, which the {@link BrokerMarker} shows. Until a new connection has brought the marker, nothing is announced.
 *
 * <p>What was removed stays known, as a <em>tombstone</em>, until Home Assistant has started once more: a Home Assistant that
 * was not running would keep it for ever.
 *
 * <p>Not thread-safe; times are of a monotonic clock, in nanoseconds.
 */
public final class Announcements {

    private static final long BIRTH_PAUSE_MILLIS = 2_000;

    private final BrokerMarker marker;
    private final Memory memory;
    private final RandomGenerator random;
    private final Map<Topic, DeviceTopic> topics = new LinkedHashMap<>();
    private final Set<Topic> unanswered = new LinkedHashSet<>();

    /** Topics of which the memory knows nothing yet. */
    private final Set<Topic> unkept = new LinkedHashSet<>();

    private OptionalLong birthPauseEnds = OptionalLong.empty();

    /** Empty if there is nothing to publish until something happens. */
    private OptionalLong lookAt;

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
     * Begins with what was announced before: it stays until it is withdrawn.
     *
     * @param marker the retained topic of the marker
     */
    public Announcements(Topic marker, Memory memory, RandomGenerator random, long now) {
        this.marker = new BrokerMarker(marker);
        this.memory = memory;
        this.random = random;
        this.lookAt = OptionalLong.of(now);
        memory.announced()
                .forEach((topic, announced) ->
                        topics.put(new Topic(topic), new DeviceTopic(new Topic(topic), announced, now)));
    }

    /** Announces a device from now on. Devices are published in the order of their first announcement. */
    public void announce(Announcement announcement, long now) {
        DeviceTopic device =
                topics.computeIfAbsent(announcement.topic(), topic -> new DeviceTopic(topic, Announced.NOTHING, now));
        device.announce(announcement);
        if (device.announced().payload().isEmpty()) {
            unkept.add(announcement.topic());
        }
        lookAt = OptionalLong.of(now);
    }

    /** Withdraws the device of a topic. */
    public void withdraw(Topic topic, long now) {
        Optional.ofNullable(topics.get(topic)).ifPresent(DeviceTopic::withdraw);
        lookAt = OptionalLong.of(now);
    }

    /** Takes up an announcement of this bridge that was found at the broker; one that is known already stays as it is. */
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

    /** Whether no topic is announced, and no removal has to be repeated. */
    public boolean isEmpty() {
        return topics.isEmpty();
    }

    /** Whether the broker keeps nothing on a topic. */
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
        unanswered.clear();
        marker.connected(!announced().isEmpty(), now);
        lookAt = OptionalLong.of(now);
    }

    /** The broker keeps this marker; counts once per connection, and while it is waited for. */
    public void markerReceived(String hash, long now) {
        if (marker.isAwaited()) {
            marker.received(hash);
            if (!marker.isRight(hash())) {
                topics.values().forEach(DeviceTopic::republish);
            }
            lookAt = OptionalLong.of(now);
        }
    }

    /**
     * Home Assistant has started: everything is published again after a pause of up to 2 s, which spreads many bridges.
     *
     * @return false if that is known already, and the pause is not over
     */
    public boolean birth(long now) {
        if (birthPauseEnds.isPresent()) {
            return false;
        }
        long pause = Duration.ofMillis(random.nextLong(BIRTH_PAUSE_MILLIS)).toNanos();
        birthPauseEnds = OptionalLong.of(now + pause);
        lookAt = OptionalLong.of(now);
        return true;
    }

    /** Publishes everything again, and repeats removals. */
    public void republish(long now) {
        topics.values().forEach(DeviceTopic::republish);
        repeatRemovals(now);
    }

    /** Creates once more what was removed, and removes it again, for a Home Assistant that was not running then. */
    public void repeatRemovals(long now) {
        topics.values().forEach(DeviceTopic::repeatRemoval);
        lookAt = OptionalLong.of(now);
    }

    /** The next message to publish, if there is one now. */
    public Optional<Message> next(long now) {
        endPauses(now);
        boolean isDue = lookAt.isPresent() && now - lookAt.getAsLong() >= 0;
        if (marker.isAwaited() || !isDue) {
            return Optional.empty();
        }
        keepNew();
        for (Map.Entry<Topic, DeviceTopic> entry : topics.entrySet()) {
            Optional<Message> message = entry.getValue().next(now);
            if (message.isPresent()) {
                unanswered.add(entry.getKey());
                return message;
            }
        }
        Optional<Message> message = nextMarker();
        if (message.isEmpty()) {
            lookAt = nextLook(now);
        }
        return message;
    }

    private OptionalLong nextLook(long now) {
        OptionalLong wait = topics.values().stream()
                .flatMapToLong(device -> device.due().stream())
                .map(due -> due - now)
                .min();
        return wait.isPresent() ? OptionalLong.of(now + wait.getAsLong()) : wait;
    }

    /** How long until {@link #next} may have a message; empty if only something that happens brings one. */
    public OptionalLong waitNanos(long now) {
        OptionalLong look = marker.isAwaited() ? marker.waitNanos(now) : wait(lookAt, now);
        return LongStream.concat(look.stream(), wait(birthPauseEnds, now).stream())
                .min();
    }

    private static OptionalLong wait(OptionalLong time, long now) {
        return time.isPresent() ? OptionalLong.of(time.getAsLong() - now) : time;
    }

    /** The broker has taken a message; one that is not of this class is ignored. */
    public void acknowledged(Topic topic, long now) {
        if (marker.isOn(topic)) {
            marker.acknowledged();
        } else if (unanswered.contains(topic)) {
            topics.get(topic).acknowledged();
            end(topic, now);
        }
    }

    /** The broker does not take a message; one that is not of this class is ignored. */
    public void refused(Topic topic, long now) {
        if (marker.isOn(topic)) {
            marker.refused();
        } else if (unanswered.contains(topic)) {
            DeviceTopic device = topics.get(topic);
            device.refused();
            if (device.announced().payload().isEmpty()) {
                unkept.add(topic);
            }
            end(topic, now);
        }
    }

    private void end(Topic topic, long now) {
        unanswered.remove(topic);
        memory.keep(topic.name(), topics.get(topic).announced());
        topics.values().removeIf(DeviceTopic::isGone);
        if (unanswered.isEmpty()) {
            lookAt = OptionalLong.of(now);
        }
    }

    /** Whether there is nothing to publish, and no answer to wait for. */
    public boolean isQuiet() {
        return !marker.isAwaited()
                && birthPauseEnds.isEmpty()
                && topics.values().stream().allMatch(DeviceTopic::isQuiet)
                && marker.isRight(hash());
    }

    /** The broker may keep a device as soon as it is sent, so it is on the disk before; all at once, since each write costs. */
    private void keepNew() {
        unkept.retainAll(topics.keySet());
        List<Topic> due = unkept.stream()
                .filter(topic -> topics.get(topic).due().isPresent())
                .toList();
        if (!due.isEmpty()) {
            due.forEach(topic -> memory.keep(topic.name(), topics.get(topic).intended()));
            due.forEach(unkept::remove);
            memory.flush();
        }
    }

    private void endPauses(long now) {
        if (marker.isOverdue(now)) {
            markerReceived("", now);
        }
        if (birthPauseEnds.isPresent() && now - birthPauseEnds.getAsLong() >= 0) {
            birthPauseEnds = OptionalLong.empty();
            republish(now);
        }
    }

    private Optional<Message> nextMarker() {
        boolean allAnswered = unanswered.isEmpty() && topics.values().stream().allMatch(DeviceTopic::isQuiet);
        Optional<Message> message = allAnswered ? marker.publish(hash()) : Optional.empty();
        if (message.isPresent()) {
            memory.flush();
        }
        return message;
    }

    /** The marker of what is announced now. */
    private String hash() {
        SortedMap<String, String> payloads = new TreeMap<>();
        announced()
                .forEach(topic ->
                        payloads.put(topic.name(), topics.get(topic).announced().payload()));
        return BrokerMarker.hash(payloads);
    }
}
