package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.event.EventTime;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.Availability;
import io.lightnvr.mqtt.publish.TopicLayout;
import io.lightnvr.mqtt.state.StatePayload;
import io.lightnvr.mqtt.state.StreamView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes the retained topics of the streams, and the bridge's availability. Remembers which topics of a stream that is gone the
 * broker has not cleared yet. For the delivery thread alone.
 */
final class StreamTopics {

    private static final String NOTHING = "";

    private final RetainedTopics retained;
    private final Pictures pictures;
    private final Pictures stills;
    private final TopicLayout topics;
    private final boolean retainsEvents;
    private final Map<StreamName, Set<Topic>> clearing = new HashMap<>();

    /** @param retainsEvents whether the documented messages are retained */
    StreamTopics(
            RetainedTopics retained, Pictures pictures, Pictures stills, TopicLayout topics, boolean retainsEvents) {
        this.retained = retained;
        this.pictures = pictures;
        this.stills = stills;
        this.topics = topics;
        this.retainsEvents = retainsEvents;
    }

    /** Whether the bridge is there. */
    void availability(boolean online) {
        availability(topics.availability(), online);
    }

    /** Whether the recorder answers and a stream runs. */
    void availability(StreamName stream, boolean online) {
        availability(topics.availability(stream), online);
    }

    private void availability(Topic topic, boolean online) {
        retained.set(Rank.AVAILABILITY, Message.retained(topic, online ? Availability.ONLINE : Availability.OFFLINE));
    }

    /** How full the recorder's storage is. */
    void recorderStorage(String level) {
        retained.set(Rank.STATE, Message.retained(topics.recorderStorage(), level));
    }

    /** Whether visits of a stream alert, and how long one keeps others quiet. */
    void alerts(StreamName stream, boolean on, Duration pause) {
        retained.set(Rank.STATE, Message.retained(topics.alerts(stream), on ? "ON" : "OFF"));
        retained.set(Rank.STATE, Message.retained(topics.alertPause(stream), Long.toString(pause.toMinutes())));
    }

    /** When the last visit of a stream began, and how long it was, in seconds. */
    void lastVisit(StreamName stream, long started, long duration) {
        String json = "{\"started\":\"%s\",\"duration\":%d}".formatted(EventTime.of(started), duration);
        retained.set(Rank.STATE, Message.retainedJson(topics.lastVisit(stream), json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * What can be controlled of a stream.
     *
     * @param again whether it is said even if nothing has changed
     */
    void controls(StreamName stream, ControlView view, boolean again) {
        retained.set(Rank.STATE, Message.retainedJson(topics.control(stream), view.bytes()));
        if (again) {
            retained.republish(Rank.STATE, topics.control(stream));
        }
    }

    /** The topic of what can be controlled of a stream. */
    Topic controls(StreamName stream) {
        return topics.control(stream);
    }

    /** Clears what the topic of controls shows of a stream that is there. */
    void clearControls(StreamName stream) {
        retained.set(Rank.STATE, Message.retained(topics.control(stream), NOTHING));
    }

    /** A stream goes on under another name, and so does what is known of its last visit. */
    void renameLastVisit(StreamName old, StreamName renamed) {
        retained.get(Rank.STATE, topics.lastVisit(old))
                .map(last -> Message.retainedJson(topics.lastVisit(renamed), last.payload()))
                .ifPresent(last -> retained.set(Rank.STATE, last));
    }

    /** What a stream shows. */
    void state(StreamName stream, StreamView view) {
        retained.set(Rank.STATE, Message.retainedJson(topics.state(stream), StatePayload.bytes(view)));
    }

    /** A stream is there, perhaps again: its topics are used, and not cleared. */
    void keep(StreamName stream) {
        pictures.allow(stream);
        stills.allow(stream);
        clearing.remove(stream);
    }

    /** Clears what the topics of visits show of a stream that is there. */
    void clearVisits(StreamName stream) {
        topics.retainedOfVisits(stream).forEach(topic -> retained.set(Rank.STATE, Message.retained(topic, NOTHING)));
    }

    /**
     * Clears every topic of a stream that is gone.
     *
     * @param others the streams that are there; one of them may share the documented topic
     */
    void clear(StreamName stream, Set<StreamName> others) {
        pictures.forbid(stream);
        stills.forbid(stream);
        clear(stream, Rank.AVAILABILITY, topics.availability(stream));
        clear(stream, Rank.STATE, topics.state(stream));
        topics.retainedOfVisits(stream).forEach(topic -> clear(stream, Rank.STATE, topic));
        clear(stream, Rank.STATE, topics.control(stream));
        clear(stream, Rank.LAST, topics.image(stream));
        clear(stream, Rank.LAST, topics.snapshot(stream));
        if (retainsEvents && others.stream().noneMatch(other -> other.slug().equals(stream.slug()))) {
            clear(stream, Rank.LAST, topics.detections(stream));
        }
    }

    private void clear(StreamName stream, Rank rank, Topic topic) {
        clearing.computeIfAbsent(stream, name -> new HashSet<>()).add(topic);
        retained.set(rank, Message.retained(topic, NOTHING));
    }

    /** The broker has taken a retained message. */
    void acknowledged(Message message) {
        if (message.payload().length == 0) {
            clearing.values().forEach(left -> left.remove(message.topic()));
        }
    }

    /** The streams that are gone and of which the broker keeps nothing any more, until they are {@link #forget forgotten}. */
    Set<StreamName> cleared() {
        Set<StreamName> cleared = new HashSet<>(clearing.keySet());
        cleared.removeIf(stream -> !clearing.get(stream).isEmpty());
        return cleared;
    }

    /** Nothing need be remembered of a stream that is gone. */
    void forget(StreamName stream) {
        clearing.remove(stream);
    }
}
