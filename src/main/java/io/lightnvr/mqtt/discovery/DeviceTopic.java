package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One discovery topic: the payload that is wanted there, the one that was published, and what must be published next.
 *
 * <pre>
 *   change                  wanted                                                      (retained)
 *   a component goes        wanted with the component removed, 2.5 s, wanted            (retained)
 *   the device goes         empty                                                       (retained)
 *   after the next birth, for what was removed while Home Assistant may not have been running:
 *   a component             wanted with the component, 2.5 s, with it removed, 2.5 s    (not retained), wanted (retained)
 *   the device              its last payload (not retained), 2.5 s, empty               (retained)
 * </pre>
 *
 * <p>The last two make Home Assistant create once more what it only remembers, since it removes nothing that it has not
 * created. They need the last payload with what was removed: the tombstone. Two payloads of a device are at least 2 s apart:
 * older releases lose components otherwise.
 *
 * <p>What the broker refuses counts as not published, and is tried again on the next connection, or when another payload is
 * wanted. Not thread-safe; times are of a monotonic clock, in nanoseconds.
 */
final class DeviceTopic {

    private static final long APART_NANOS = Duration.ofSeconds(2).toNanos();

    /** How long Home Assistant may need to carry out a payload. */
    private static final long CARRY_OUT_NANOS = Duration.ofMillis(2_500).toNanos();

    private final Topic topic;
    private Announced announced;
    private Announced acknowledged;
    private Optional<String> wanted;
    private Step step = Step.IDLE;
    private boolean republish;
    private boolean repeatRemoval;
    private boolean unanswered;
    private boolean refused;
    private long notBefore;

    private enum Step {
        IDLE,
        /** Components were removed; the payload without them is next. */
        COMPONENTS_REMOVED,
        /** What was removed is created once more; its removal is next. */
        CREATED_AGAIN,
        /** Components were removed once more; the payload without them is next. */
        REMOVED_AGAIN
    }

    /** A topic on which something was announced, which is wanted for the time being. */
    DeviceTopic(Topic topic, Announced announced, long now) {
        this.topic = topic;
        this.announced = announced;
        this.acknowledged = announced;
        this.wanted = Optional.of(announced.payload()).filter(payload -> !payload.isEmpty());
        this.notBefore = now;
    }

    void announce(Announcement announcement) {
        want(Optional.of(announcement.after(announced.payload())));
    }

    void withdraw() {
        want(Optional.empty());
    }

    private void want(Optional<String> other) {
        refused &= other.equals(wanted);
        wanted = other;
    }

    /** Publishes what is wanted even if it was published before. */
    void republish() {
        refused = false;
        republish = wanted.isPresent();
    }

    /** Creates what was removed once more and removes it again, if there is anything. */
    void repeatRemoval() {
        repeatRemoval = !announced.tombstone().isEmpty();
    }

    /** The connection is new: what was not answered, or not finished, starts over. */
    void startOver(long now) {
        republish |= unanswered;
        repeatRemoval |= step == Step.CREATED_AGAIN || step == Step.REMOVED_AGAIN;
        unanswered = false;
        refused = false;
        step = Step.IDLE;
        notBefore = now;
    }

    /** The broker has taken the last payload. */
    void acknowledged() {
        unanswered = false;
        acknowledged = announced;
    }

    /** The broker has not taken the last payload: it keeps what it had. */
    void refused() {
        unanswered = false;
        refused = true;
        republish = false;
        repeatRemoval = false;
        step = Step.IDLE;
        announced = acknowledged;
    }

    /** What is to be kept before the first payload is published, which the broker may keep at once. */
    Announced intended() {
        return new Announced(wanted.orElse(announced.payload()), announced.tombstone());
    }

    Announced announced() {
        return announced;
    }

    boolean isUnanswered() {
        return unanswered;
    }

    /** Whether there is nothing to publish, and no answer to wait for. */
    boolean isQuiet() {
        return due().isEmpty() && !unanswered;
    }

    /** Whether the topic is cleared, and no removal has to be repeated. */
    boolean isGone() {
        return wanted.isEmpty() && announced.equals(Announced.NOTHING) && isQuiet();
    }

    /** When the next payload is due, which may have passed; empty if there is none. */
    OptionalLong due() {
        boolean anything = step != Step.IDLE || isChanged() || republish || repeatRemoval;
        return anything && !refused ? OptionalLong.of(notBefore) : OptionalLong.empty();
    }

    /** The payload to publish now, if one is due. */
    Optional<Message> next(long now) {
        if (due().isEmpty() || now - notBefore < 0) {
            return Optional.empty();
        }
        unanswered = true;
        return Optional.of(
                switch (step) {
                    case IDLE -> isChanged() || republish ? change(now) : createAgain(now);
                    case COMPONENTS_REMOVED -> finish(now);
                    case CREATED_AGAIN -> wanted.isPresent() ? removeAgain(now) : finishRemoval(now);
                    case REMOVED_AGAIN -> finishRemoval(now);
                });
    }

    private boolean isChanged() {
        return !wanted.orElse("").equals(announced.payload());
    }

    private Message change(long now) {
        DevicePayload before = DevicePayload.of(announced.payload());
        if (wanted.isEmpty() || !DevicePayload.of(wanted.get()).drops(before)) {
            return finish(now);
        }
        step = Step.COMPONENTS_REMOVED;
        notBefore = now + CARRY_OUT_NANOS;
        return message(DevicePayload.of(wanted.get()).removing(before).text(), true);
    }

    /** Publishes what is wanted, and adds what is removed by that to the tombstone. */
    private Message finish(long now) {
        String payload = wanted.orElse("");
        announced = new Announced(payload, tombstone(payload));
        step = Step.IDLE;
        republish = false;
        notBefore = now + APART_NANOS;
        return message(payload, true);
    }

    private String tombstone(String payload) {
        DevicePayload removed = DevicePayload.of(announced.payload()).with(DevicePayload.of(announced.tombstone()));
        return DevicePayload.of(payload).drops(removed) ? removed.text() : "";
    }

    private Message createAgain(long now) {
        repeatRemoval = false;
        step = Step.CREATED_AGAIN;
        notBefore = now + CARRY_OUT_NANOS;
        DevicePayload removed = DevicePayload.of(announced.tombstone());
        return message(DevicePayload.of(wanted.orElse("")).with(removed).text(), false);
    }

    private Message removeAgain(long now) {
        step = Step.REMOVED_AGAIN;
        notBefore = now + CARRY_OUT_NANOS;
        DevicePayload removed = DevicePayload.of(announced.tombstone());
        return message(DevicePayload.of(wanted.get()).removing(removed).text(), false);
    }

    private Message finishRemoval(long now) {
        announced = new Announced(announced.payload(), "");
        return change(now);
    }

    private Message message(String payload, boolean retain) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return Message.json(topic, bytes, Qos.AT_LEAST_ONCE, retain, Map.of(), Optional.empty());
    }
}
