package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One discovery topic: what is wanted there, what was said, and what must be said next.
 *
 * <pre>
 *   change                  wanted                                                      (retained)
 *   a component goes        wanted with the component removed, 2.5 s, wanted            (retained)
 *   the device goes         nothing                                                     (retained)
 *   after the next birth, for what went while nobody may have listened:
 *   a component             wanted with the component, 2.5 s, with it removed, 2.5 s    (not retained), wanted (retained)
 *   the device              its last payload (not retained), 2.5 s, nothing             (retained)
 * </pre>
 *
 * <p>What the broker refuses counts as not said, and is tried again on the next connection, or when something else is
 * wanted.
 *
 * <p>The last two make Home Assistant create once more what it only remembers, since it removes nothing that it has not
 * created. Two payloads of a device are at least 2 s apart: older releases lose components otherwise. Not thread-safe; times
 * are of a monotonic clock, in nanoseconds.
 */
final class DeviceTopic {

    private static final long APART_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long TAKEN_NANOS = Duration.ofMillis(2_500).toNanos();

    private final Topic topic;
    private Announced announced;
    private Announced taken;
    private Optional<String> wanted;
    private Step step = Step.IDLE;
    private boolean again;
    private boolean exhume;
    private boolean unanswered;
    private boolean refused;
    private long notBefore;

    private enum Step {
        IDLE,
        /** Components were removed; the payload without them is next. */
        DROPPED,
        /** What is gone was made once more; its removal is next. */
        EXHUMED,
        /** It was removed; the payload without it is next. */
        REMOVED
    }

    /** A topic on which something was announced, which is wanted for the time being. */
    DeviceTopic(Topic topic, Announced announced, long now) {
        this.topic = topic;
        this.announced = announced;
        this.taken = announced;
        this.wanted = Optional.of(announced.payload()).filter(payload -> !payload.isEmpty());
        this.notBefore = now;
    }

    void want(Announcement announcement) {
        want(Optional.of(announcement.after(announced.payload())));
    }

    void drop() {
        want(Optional.empty());
    }

    private void want(Optional<String> other) {
        refused &= other.equals(wanted);
        wanted = other;
    }

    /** What is wanted is to be said even if it was said before. */
    void sayAgain() {
        refused = false;
        again = wanted.isPresent();
    }

    /** Somebody listens who may not have heard that something went. */
    void exhume() {
        exhume = !announced.tombstone().isEmpty();
    }

    /** The connection is gone: what was not answered, or was not finished, begins anew. */
    void startOver(long now) {
        again |= unanswered;
        exhume |= step == Step.EXHUMED || step == Step.REMOVED;
        unanswered = false;
        refused = false;
        step = Step.IDLE;
        notBefore = now;
    }

    /** The broker has taken what was said last. */
    void answered() {
        unanswered = false;
        taken = announced;
    }

    /** The broker has not taken it: it keeps what it had. */
    void refused() {
        unanswered = false;
        refused = true;
        again = false;
        exhume = false;
        step = Step.IDLE;
        announced = taken;
    }

    /** What is kept in mind before something is said here for the first time. */
    Announced intended() {
        return new Announced(wanted.orElse(announced.payload()), announced.tombstone());
    }

    Announced announced() {
        return announced;
    }

    boolean isUnanswered() {
        return unanswered;
    }

    /** Whether there is nothing to say, and no answer to wait for. */
    boolean isQuiet() {
        return deadline() == Long.MAX_VALUE && !unanswered;
    }

    /** Whether nothing is there any more, nor anything to be told of it. */
    boolean isGone() {
        return wanted.isEmpty() && announced.equals(Announced.NOTHING) && isQuiet();
    }

    /** When something is to be said next. */
    long deadline() {
        boolean anything = step != Step.IDLE || changed() || again || exhume;
        return anything && !refused ? notBefore : Long.MAX_VALUE;
    }

    /** What is to be said now, if it is time for anything. */
    Optional<Message> next(long now) {
        if (deadline() == Long.MAX_VALUE || now - notBefore < 0) {
            return Optional.empty();
        }
        unanswered = true;
        return Optional.of(
                switch (step) {
                    case IDLE -> changed() || again ? change(now) : makeOnceMore(now);
                    case DROPPED -> settle(now);
                    case EXHUMED -> wanted.isPresent() ? removeOnceMore(now) : bury(now);
                    case REMOVED -> bury(now);
                });
    }

    private boolean changed() {
        return !wanted.orElse("").equals(announced.payload());
    }

    private Message change(long now) {
        DevicePayload before = DevicePayload.of(announced.payload());
        if (wanted.isEmpty() || !DevicePayload.of(wanted.get()).drops(before)) {
            return settle(now);
        }
        step = Step.DROPPED;
        notBefore = now + TAKEN_NANOS;
        return message(DevicePayload.of(wanted.get()).removing(before).text(), true);
    }

    /** Says what is wanted, and remembers what is gone by that. */
    private Message settle(long now) {
        String payload = wanted.orElse("");
        announced = new Announced(payload, tombstone(payload));
        step = Step.IDLE;
        again = false;
        notBefore = now + APART_NANOS;
        return message(payload, true);
    }

    private String tombstone(String payload) {
        DevicePayload buried = DevicePayload.of(announced.payload()).with(DevicePayload.of(announced.tombstone()));
        return DevicePayload.of(payload).drops(buried) ? buried.text() : "";
    }

    private Message makeOnceMore(long now) {
        exhume = false;
        step = Step.EXHUMED;
        notBefore = now + TAKEN_NANOS;
        DevicePayload buried = DevicePayload.of(announced.tombstone());
        return message(DevicePayload.of(wanted.orElse("")).with(buried).text(), false);
    }

    private Message removeOnceMore(long now) {
        step = Step.REMOVED;
        notBefore = now + TAKEN_NANOS;
        DevicePayload buried = DevicePayload.of(announced.tombstone());
        return message(DevicePayload.of(wanted.get()).removing(buried).text(), false);
    }

    private Message bury(long now) {
        announced = new Announced(announced.payload(), "");
        return change(now);
    }

    private Message message(String payload, boolean retain) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return Message.json(topic, bytes, Qos.AT_LEAST_ONCE, retain, Map.of(), Optional.empty());
    }
}
