package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * The marker that the bridge leaves at the broker: a retained hash over all announcements, published when the broker has
 * acknowledged all of them. A broker that kept the marker has kept what was announced before it; one that did not may have
 * forgotten everything, or does not show it to subscriptions with wildcards. Each connection waits up to a second for it. Not thread-safe; times are of a monotonic clock, in
 * nanoseconds.
 */
final class BrokerMarker {

    private static final long WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int HASH_BYTES = 8;

    private final Topic topic;
    private State state = new Unknown();

    private sealed interface State {}

    /** There was no connection yet, or the broker refuses the marker. */
    private record Unknown() implements State {}

    /** A new connection was made, and the broker may still send the marker that it keeps. */
    private record Awaited(long until) implements State {}

    /** The broker keeps this marker; empty for none. */
    private record Kept(String hash) implements State {}

    /** This marker is on its way to the broker. */
    private record Published(String hash) implements State {}

    BrokerMarker(Topic topic) {
        this.topic = topic;
    }

    /** The hash over announcements: payloads by topic; empty for none. */
    static String hash(SortedMap<String, String> announcements) {
        if (announcements.isEmpty()) {
            return "";
        }
        MessageDigest digest = Sha256.digest();
        announcements.forEach(
                (topic, payload) -> digest.update((topic + "\n" + payload + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    }

    boolean isOn(Topic other) {
        return topic.equals(other);
    }

    /**
     * There is a new connection.
     *
     * @param expected whether the broker should keep a marker, so that it is waited for
     */
    void connected(boolean expected, long now) {
        state = expected ? new Awaited(now + WAIT_NANOS) : new Kept("");
    }

    boolean isAwaited() {
        return state instanceof Awaited;
    }

    /** Whether the marker was waited for long enough. */
    boolean isOverdue(long now) {
        return state instanceof Awaited awaited && now - awaited.until >= 0;
    }

    /** How long the marker is still waited for; empty if it is not awaited. */
    OptionalLong waitNanos(long now) {
        return state instanceof Awaited awaited ? OptionalLong.of(awaited.until - now) : OptionalLong.empty();
    }

    /** The broker keeps this marker; empty for none. */
    void received(String hash) {
        state = new Kept(hash);
    }

    /** Whether there is nothing to publish: the broker has the right marker, or none can be kept there. */
    boolean isRight(String hash) {
        return state instanceof Unknown
                || state instanceof Kept kept && kept.hash.equals(hash)
                || state instanceof Published published && published.hash.equals(hash);
    }

    /** Publishes the marker if the broker keeps another one. */
    Optional<Message> publish(String hash) {
        if (state instanceof Kept kept && !kept.hash.equals(hash)) {
            state = new Published(hash);
            return Optional.of(Message.retained(topic, hash));
        }
        return Optional.empty();
    }

    /** The broker has taken the marker. */
    void acknowledged() {
        if (state instanceof Published published) {
            state = new Kept(published.hash);
        }
    }

    /** The broker does not take the marker. */
    void refused() {
        state = new Unknown();
    }
}
