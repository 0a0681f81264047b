package io.lightnvr.mqtt.broker;

import java.util.Optional;

/** The way to a broker. Each connection is a new one; nothing of an older one lives on in it. */
@FunctionalInterface
public interface Broker {

    /**
     * Begins to connect and returns at once; the listener is told how it ends. Never throws for what the network or the
     * broker does.
     */
    Connection open(BrokerSettings settings, Listener listener);

    /**
     * One connection, from its first attempt to its end. Used by one thread. After {@link #close} its listener hears
     * nothing more that matters: a call that was under way may still arrive and must be ignored.
     */
    interface Connection extends AutoCloseable {

        /** Where it goes, for people. */
        String address();

        /** How far the attempt has come; callable from any thread. */
        ConnectStage stage();

        /**
         * Sends a message; {@link Listener#delivered} tells how that ended, unless the connection is lost before. Call
         * it only when connected, and with no more unacknowledged messages than {@link Limits#receiveMaximum} - 1.
         *
         * @param ticket given back with the result
         */
        void publish(long ticket, Message message);

        /** Asks for the messages of a topic filter; a refusal is logged by {@link Listener#subscribed}. */
        void subscribe(String topicFilter);

        /** Asks the broker for a sign of life, which {@link Listener#pong} hears. */
        void ping();

        /** Says farewell, so that the broker does not publish the will; takes at most a second. */
        void disconnect();

        /** Ends it at once, in whatever state it is; takes at most half a second. Without a farewell the will is sent. */
        @Override
        void close();
    }

    /** Hears of a connection; called by threads of the connection, which it must not hold up. */
    interface Listener {

        /**
         * @param limits what the broker takes
         * @param certificate what it has shown; nothing without TLS
         */
        void connected(Limits limits, Optional<ServerCertificate> certificate);

        /** The attempt ended without a connection. */
        void failed(ConnectFailure failure);

        /** A message has left (QoS 0) or was answered (QoS 1, 2). */
        default void delivered(long ticket, ReasonCode reason) {}

        /** A subscription was answered. */
        default void subscribed(String topicFilter, ReasonCode reason) {}

        /** The answer to {@link Connection#ping}. */
        default void pong() {}

        /**
         * @param retained whether the broker had kept it when the subscription was made
         */
        default void received(Topic topic, byte[] payload, boolean retained) {}

        /**
         * A connection that was there is gone.
         *
         * @param reason the broker's own word, where it said one, else {@link ReasonCode#SUCCESS}
         * @param sentence what to tell people
         */
        void lost(ReasonCode reason, String sentence);

        /** A fault of the program on a thread of the connection, of which nothing more can be expected then. */
        void bug(Throwable fault);
    }
}
