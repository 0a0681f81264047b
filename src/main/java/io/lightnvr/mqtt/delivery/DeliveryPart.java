package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.OptionalLong;

/**
 * A part of delivery that acts on what happens or on the passing of time. {@link Delivery} calls all parts in the same order,
 * on its own thread. {@code now} is in nanoseconds of a monotonic clock.
 */
interface DeliveryPart {

    /** A connection is made. */
    default void connected(DeliverySignal.Connected connection, long now) {}

    /** The broker has taken a retained message. */
    default void acknowledged(Message message, ReasonCode reason, long now) {}

    /** The broker has answered a subscription. */
    default void subscribed(String topicFilter, ReasonCode reason) {}

    /** A subscription has brought a message. */
    default void received(Topic topic, byte[] payload, boolean retained, long now) {}

    /** The recorder answers, or has stopped answering. */
    default void recorderAnswers(boolean online, long now) {}

    /** A stream goes on under another name. */
    default void renamed(StreamName old, StreamName renamed, long now) {}

    /** The recorder says that a stream is down, or is not. */
    default void streamCondition(StreamName stream, boolean online) {}

    /** The recorder tells how full its storage is. */
    default void recorderStorage(String level, long now) {}

    /** The recorder has listed its streams. */
    default void streamsListed(DeliverySignal.StreamsListed list, long now) {}

    /** The recorder has detected something, and the store has it. */
    default void detected(List<DetectionEvent> events, long now) {}

    /** A visit of a stream has begun, goes on or is over. */
    default void visited(DeliverySignal.Visited visit, long now) {}

    /** The alerts of a stream are on, off or paused otherwise. */
    default void alertsChanged(DeliverySignal.AlertsChanged alerts, long now) {}

    /** What can be controlled of a stream has changed, or a command is answered. */
    default void controlsChanged(DeliverySignal.ControlsChanged controls, long now) {}

    /** The recorder has given a picture, or a still, of a stream, which waits in {@link Pictures}. */
    default void pictured(StreamName stream, long now) {}

    /** A person wants everything announced again. */
    default void announceAgain() {}

    /** A person wants a stream forgotten that the recorder no longer lists. */
    default void forget(StreamName stream, long now) {}

    /** The bridge ends in order: only the messages of the rank {@code AVAILABILITY} are sent from now on. */
    default void closing() {}

    /** Does what is due. */
    default void refresh(long now) {}

    /** How long until {@link #refresh} is due. */
    default OptionalLong waitNanos(long now) {
        return OptionalLong.empty();
    }
}
