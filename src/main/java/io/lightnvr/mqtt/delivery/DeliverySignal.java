package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message to the delivery thread; all that it knows of the world arrives as one of these. */
public sealed interface DeliverySignal {

    /** News of one connection; {@code attempt} says which, so that late news of an older one is ignored. */
    sealed interface OfConnection extends DeliverySignal {
        long attempt();
    }

    /**
     * @param clientId the id under which the bridge is connected
     * @param certificate what the broker has shown; empty without TLS
     */
    record Connected(long attempt, String clientId, Limits limits, Optional<ServerCertificate> certificate)
            implements OfConnection {}

    record ConnectFailed(long attempt, ConnectFailure failure) implements OfConnection {}

    /** The broker has acknowledged or refused a message. */
    record Answered(long attempt, long ticket, ReasonCode reason) implements OfConnection {}

    record Subscribed(long attempt, String topicFilter, ReasonCode reason) implements OfConnection {}

    record Received(long attempt, Topic topic, byte[] payload, boolean retained) implements OfConnection {}

    record Lost(long attempt, ReasonCode reason, String sentence) implements OfConnection {}

    /** The recorder has detected something, and the store has it. */
    record Detected(List<DetectionEvent> events) implements DeliverySignal {}

    /**
     * The recorder has listed its streams.
     *
     * @param wanted those that the user wants
     * @param excluded others, which the user does not want
     * @param unsure others, which the user may want: the configuration has a name that the recorder does not know
     */
    record StreamsListed(StreamList wanted, Set<StreamName> excluded, Set<StreamName> unsure)
            implements DeliverySignal {}

    /** {@link Pictures} has a picture, or a still, of a stream. */
    record Pictured(StreamName stream) implements DeliverySignal {}

    record RecorderAnswers(boolean online) implements DeliverySignal {}

    /** A stream goes on under another name, in the store too. */
    record Renamed(StreamName old, StreamName renamed) implements DeliverySignal {}

    /** The recorder says that a stream is down, or is not. */
    record StreamCondition(StreamName stream, boolean online) implements DeliverySignal {}

    /** @param level {@code ok}, {@code warning}, {@code critical} or {@code emergency} */
    record RecorderStorage(String level) implements DeliverySignal {}

    /**
     * Reports of a visit are in the store.
     *
     * @param started when it began, on the recorder's clock, in epoch seconds
     * @param duration in whole seconds, so far
     */
    record Visited(StreamName stream, long started, long duration) implements DeliverySignal {}

    /** The alerts of a stream are switched or paused like this now. */
    record AlertsChanged(StreamName stream, boolean on, Duration pause) implements DeliverySignal {}

    /**
     * What can be controlled of a stream now.
     *
     * @param isAnswer whether it is the answer to a command, even if nothing has changed
     */
    record ControlsChanged(StreamName stream, ControlView view, boolean isAnswer) implements DeliverySignal {}

    /** Another program is known to use the bridge's client id at its broker. */
    record ClientIdInUse() implements DeliverySignal {}

    /** Asks whether the delivery thread works; it answers by running this. */
    record Beat(Runnable answer) implements DeliverySignal {}

    /** Another thread has failed, which only this one can tell of. */
    record Bug(Throwable fault) implements DeliverySignal {}

    /** A person wants everything announced again. */
    record AnnounceAgain() implements DeliverySignal {}

    /** A person wants a stream forgotten that the recorder no longer lists; one that it lists stays. */
    record Forget(StreamName stream) implements DeliverySignal {}

    record Close() implements DeliverySignal {}
}
