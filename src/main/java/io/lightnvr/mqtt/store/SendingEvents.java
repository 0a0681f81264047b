package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The events that have their sequences and are not removed yet. Most of them are in the hands of the sender; some wait to be
 * handed out: those that were being sent when the last process ended, those that could not be read from the file, and those
 * that came while the sender had nothing to do.
 * Not thread-safe.
 */
final class SendingEvents {

    private final Map<Long, OutboxEntry> all = new LinkedHashMap<>();
    private final Deque<OutboxEntry> ready = new ArrayDeque<>();
    private final List<OutboxEntry> unreadable = new ArrayList<>();
    private Optional<TakeRequest> unanswered = Optional.empty();

    /** Adds an event that the sender gets now. */
    void add(OutboxEntry entry) {
        all.put(entry.id, entry);
    }

    /** Adds an event that was being sent when the last process ended. */
    void restore(OutboxEntry entry) {
        all.put(entry.id, entry);
        ready.add(entry);
    }

    /** Notes what the sender has asked for in vain; empty if it got something. */
    void unanswered(Optional<TakeRequest> request) {
        unanswered = request;
    }

    /** What the sender has asked for in vain. */
    Optional<TakeRequest> unanswered() {
        return unanswered;
    }

    /** Answers what the sender has asked for in vain: it gets these events when it asks again. */
    void answer(List<OutboxEntry> entries) {
        ready.addAll(entries);
        unanswered = Optional.empty();
    }

    Optional<OutboxEntry> remove(long id) {
        return Optional.ofNullable(all.remove(id));
    }

    int size() {
        return all.size();
    }

    Stream<OutboxEntry> stream() {
        return all.values().stream();
    }

    /** Takes events that have their sequences already, in the order of sending. */
    List<OutboxEntry> takeReady(int limit, Set<StreamName> except) {
        List<OutboxEntry> taken = ready.stream()
                .filter(entry -> !except.contains(entry.queue.stream))
                .limit(limit)
                .toList();
        ready.removeAll(new HashSet<>(taken));
        return taken;
    }

    /**
     * Holds an event of which the payload could not be read, and all that follow it in its stream, so that a stream stays in
     * the order of sending.
     *
     * @param taken in the order of sending
     * @param found the ids of the events that were read
     * @return what can be sent now
     */
    List<OutboxEntry> holdUnreadable(List<OutboxEntry> taken, Set<Long> found) {
        List<OutboxEntry> sendable = new ArrayList<>();
        Set<StreamName> held = new HashSet<>();
        for (OutboxEntry entry : taken) {
            if (!found.contains(entry.id)) {
                held.add(entry.queue.stream);
            }
            (held.contains(entry.queue.stream) ? unreadable : sendable).add(entry);
        }
        return sendable;
    }

    /** The streams of which events could not be read. */
    Set<StreamName> unreadableStreams() {
        return unreadable.stream().map(entry -> entry.queue.stream).collect(Collectors.toSet());
    }

    /** The ids of events that could not be read. */
    List<Long> unreadable() {
        return unreadable.stream().map(entry -> entry.id).toList();
    }

    /** The file can be read: what could not be read is handed out before anything else of its stream. */
    void retryUnreadable() {
        unreadable.addAll(ready);
        ready.clear();
        ready.addAll(unreadable);
        unreadable.clear();
    }
}
