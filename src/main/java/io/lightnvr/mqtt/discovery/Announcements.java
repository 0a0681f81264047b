package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which streams Home Assistant should know, against which it was told of. While there is no connection only {@link
 * #want} is called; what was missed comes with the next {@link #all}. Used by one thread.
 */
public final class Announcements {

    private final Discovery discovery;
    private final Set<StreamName> wanted = new LinkedHashSet<>();
    private final Set<StreamName> announced = new LinkedHashSet<>();

    /** Nothing is announced yet. */
    public Announcements(Discovery discovery) {
        this.discovery = discovery;
    }

    /**
     * These streams are there now.
     *
     * @param complete whether a stream that is not among them is really gone; one that is only out of sight stays
     */
    public void want(Collection<StreamName> streams, boolean complete) {
        if (complete) {
            wanted.retainAll(streams);
        }
        wanted.addAll(streams);
    }

    /** What to send because of what became wanted, or no longer is, since the last call of this or of {@link #all}. */
    public List<Message> changes() {
        List<Message> messages = removals();
        wanted.stream().filter(announced::add).map(discovery::stream).forEach(messages::add);
        return messages;
    }

    /** Everything anew, the bridge first: for a new connection, and for a Home Assistant that has just started. */
    public List<Message> all() {
        List<Message> messages = removals();
        messages.add(discovery.bridge());
        wanted.stream().map(discovery::stream).forEach(messages::add);
        announced.addAll(wanted);
        return messages;
    }

    private List<Message> removals() {
        List<Message> messages = new ArrayList<>();
        announced.stream()
                .filter(stream -> !wanted.contains(stream))
                .map(discovery::gone)
                .forEach(messages::addAll);
        announced.retainAll(wanted);
        return messages;
    }
}
