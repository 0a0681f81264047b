package io.lightnvr.mqtt.broker;

import java.util.Optional;

/** Opens connections to an MQTT 5 broker. No connection shares state with an older one. */
@FunctionalInterface
public interface Broker {

    /**
     * Starts to connect and returns at once; the listener learns the outcome. Failures of the network and the broker are
     * never thrown.
     */
    Connection open(BrokerSettings settings, Listener listener);

    /**
     * One connection, from the attempt to its end. For one thread. After {@link #close} a call to the listener that was
     * already under way may still arrive, and must be ignored.
     */
    interface Connection extends AutoCloseable {

        /** The broker's host and port, for people. */
        String address();

        /** How far the attempt to connect has come; for any thread. */
        ConnectStage stage();

        /**
         * Sends a message; {@link Listener#delivered} reports the outcome, unless the connection is lost before. Only
         * while connected, and with at most {@link Limits#receiveMaximum} - 1 messages unacknowledged.
         *
         * @param ticket passed back with the outcome
         */
        void publish(long ticket, Message message);

        /** Subscribes to a topic filter with QoS 1; {@link Listener#subscribed} hears the answer. Only while connected. */
        void subscribe(String topicFilter);

        /** The same, without what is retained. */
        default void subscribeToNew(String topicFilter) {
            subscribe(topicFilter);
        }

        /**
         * Subscribes to a topic filter like {@link #subscribe}, and marks as retained what was published as such, though it comes at
         * once.
         */
        default void subscribeAsPublished(String topicFilter) {
            subscribe(topicFilter);
        }

        /** Subscribes with QoS 0, without what is retained and without what this connection itself publishes. */
        default void subscribeToOthers(String topicFilter) {
            subscribe(topicFilter);
        }

        /**
         * Acknowledges a message that was received in a {@linkplain BrokerSettings.Session session}; in the order in which
         * they came. Only while connected. Until then the broker sends it again with each new connection.
         *
         * @param receipt of the message
         */
        default void acknowledge(Receipt receipt) {}

        /**
         * Asks the broker for an answer, which comes after those to all requests before; {@link Listener#pong} hears it. Only
         * while connected.
         */
        void ping();

        /** Sends DISCONNECT, so that the broker drops the will; blocks for at most about a second. Only while connected. */
        void disconnect();

        /**
         * Ends the connection or the attempt, in any state; blocks for at most half a second. Without {@link #disconnect}
         * before, the broker publishes the will.
         */
        @Override
        void close();
    }

    /** Names a received message to the connection that it came on; 0 and up. */
    record Receipt(int packetId, int qos) {}

    /** Hears from one connection, on that connection's threads, which it must not block. */
    interface Listener {

        /**
         * The broker accepted the connection.
         *
         * @param limits what the broker takes
         * @param certificate the broker's, with TLS
         */
        void connected(Limits limits, Optional<ServerCertificate> certificate);

        /** The attempt ended without a connection. */
        void failed(ConnectFailure failure);

        /** A message was sent (QoS 0) or answered (QoS 1 and 2). */
        default void delivered(long ticket, ReasonCode reason) {}

        /** The broker answered a subscription. */
        default void subscribed(String topicFilter, ReasonCode reason) {}

        /** The broker answered a {@link Connection#ping}. */
        default void pong() {}

        /**
         * A message arrived.
         *
         * @param retained whether the broker sent it because it was retained when the subscription was made, or, after {@link
         *     Connection#subscribeAsPublished}, because it is to be retained
         */
        default void received(Topic topic, byte[] payload, boolean retained) {}

        /** A message arrived in a {@linkplain BrokerSettings.Session session}; otherwise {@link #received} gets it. */
        default void received(Topic topic, byte[] payload, boolean retained, Receipt receipt) {}

        /**
         * An established connection ended.
         *
         * @param reason the broker's, if it gave one, else {@link ReasonCode#SUCCESS}
         * @param sentence what happened, for people
         */
        void lost(ReasonCode reason, String sentence);

        /** A bug: the program failed on a thread of this connection, which does nothing more. */
        void bug(Throwable fault);
    }
}
