package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.util.List;
import java.util.Optional;

/** What the delivery thread is told by others; all that it knows of the world comes as one of these. */
public sealed interface DeliverySignal {

    /** What one connection says; {@code attempt} tells which, so that a word of an older one is not taken for it. */
    sealed interface OfConnection extends DeliverySignal {
        long attempt();
    }

    record Connected(long attempt, Limits limits, Optional<ServerCertificate> certificate) implements OfConnection {}

    record ConnectFailed(long attempt, ConnectFailure failure) implements OfConnection {}

    record Delivered(long attempt, long ticket, ReasonCode reason) implements OfConnection {}

    record Subscribed(long attempt, String topicFilter, ReasonCode reason) implements OfConnection {}

    record Received(long attempt, Topic topic, byte[] payload, boolean retained) implements OfConnection {}

    record Lost(long attempt, ReasonCode reason, String sentence) implements OfConnection {}

    /** Intake found these, and they are in the store. */
    record Detected(List<DetectionEvent> events) implements DeliverySignal {}

    record StreamsListed(StreamList list) implements DeliverySignal {}

    /** The recorder gave a picture of a stream. */
    record Pictured(StreamName stream, byte[] jpeg) implements DeliverySignal {}

    record RecorderAnswers(boolean online) implements DeliverySignal {}

    /** Somebody else is known to use our client id at our broker. */
    record ClientIdInUse() implements DeliverySignal {}

    /** A question whether the delivery thread works; it answers by doing this. */
    record Beat(Runnable answer) implements DeliverySignal {}

    record Close() implements DeliverySignal {}
}
