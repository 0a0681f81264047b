package io.lightnvr.mqtt.store;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Where events wait, from when a poll found them until the broker has acknowledged them. Thread-safe: intake adds,
 * delivery takes and removes.
 *
 * <p>An event passes three stations: <em>waiting</em> (added), <em>numbered</em> (taken, now with its sequence, which
 * it keeps) and gone (removed). It is bounded: when it is full, the oldest waiting event makes room and is counted.
 */
public interface Outbox extends AutoCloseable {

    /** An id for the life of this store: sequences begin anew under a new one. */
    String storeId();

    /** Takes the events of one poll, all of them; when it returns they are in safe hands. */
    void add(List<RenderedEvent> events);

    /**
     * Gives the next waiting events their sequences, in order, and hands them out.
     *
     * @param atMost how many, at least 1
     * @param except streams whose events go on waiting
     */
    List<Numbered> take(int atMost, Set<StreamName> except);

    /** Forgets events that the broker has, or that were given up. */
    void remove(Collection<Numbered> events);

    /** What waits and what was lost. */
    Backlog backlog();

    @Override
    void close();
}
