package io.lightnvr.mqtt.broker;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A connection for commands: each call waits for the broker's answer, for at most 30 s. For one thread.
 */
public final class OneShotConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<Retained> retained = new LinkedBlockingQueue<>();
    private final Duration quiet;
    private final Broker.Connection connection;
    private Limits limits = Limits.unlimited();
    private long ticket;

    private OneShotConnection(Broker broker, BrokerSettings settings, Duration quiet) {
        this.quiet = quiet;
        this.connection = broker.open(settings, new AnswerListener());
    }

    /** What the listener heard. */
    private sealed interface Answer {
        record Connected(Limits limits) implements Answer {}

        record Delivered(ReasonCode reason) implements Answer {}

        record Subscribed(ReasonCode reason) implements Answer {}

        record Pong() implements Answer {}

        record Failed(String sentence) implements Answer {}

        record Bug(Throwable fault) implements Answer {}
    }

    private record Retained(Topic topic, byte[] payload) {}

    /** The broker refused something, did not answer, or the connection failed; the message is a sentence for people. */
    public static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        public FailedException(String sentence) {
            super(sentence);
        }
    }

    /** Connects, or throws after closing what was opened. */
    public static OneShotConnection connect(Broker broker, BrokerSettings settings)
            throws FailedException, InterruptedException {
        return connect(broker, settings, QUIET);
    }

    static OneShotConnection connect(Broker broker, BrokerSettings settings, Duration quiet)
            throws FailedException, InterruptedException {
        OneShotConnection oneShot = new OneShotConnection(broker, settings, quiet);
        try {
            Answer answer = oneShot.next(() -> oneShot.connection.address() + " "
                    + oneShot.connection.stage().silence());
            if (answer instanceof Answer.Connected connected) {
                oneShot.limits = connected.limits();
            }
            return oneShot;
        } catch (FailedException | InterruptedException | RuntimeException e) {
            oneShot.connection.close();
            throw e;
        }
    }

    /**
     * Publishes a message and waits for the acknowledgement.
     *
     * @throws FailedException also if the broker refuses the message
     */
    public void publish(Message message) throws FailedException, InterruptedException {
        ReasonCode reason = offer(message);
        if (reason.isRefusal()) {
            throw new FailedException("The broker refuses messages on " + message.topic() + ": " + reason);
        }
    }

    /**
     * Publishes a message and returns the broker's answer, which may be a refusal.
     *
     * @throws FailedException if the broker does not answer, or ends the connection
     */
    public ReasonCode offer(Message message) throws FailedException, InterruptedException {
        if (message.packetSizeAtMost() > limits.maximumPacketSize()) {
            return ReasonCode.PACKET_TOO_LARGE;
        }
        connection.publish(++ticket, message.within(limits));
        Answer answer = next(() -> "did not acknowledge the message on " + message.topic());
        return answer instanceof Answer.Delivered delivered ? delivered.reason() : ReasonCode.SUCCESS;
    }

    /** Subscribes to a topic filter and returns the broker's answer, which may be a refusal. */
    public ReasonCode subscribe(String topicFilter) throws FailedException, InterruptedException {
        connection.subscribe(topicFilter);
        Answer answer = next(() -> "did not acknowledge the subscription to " + topicFilter);
        return answer instanceof Answer.Subscribed subscribed ? subscribed.reason() : ReasonCode.SUCCESS;
    }

    /**
     * Asks for a sign of life.
     *
     * @throws FailedException if the broker does not answer, or has ended the connection
     */
    public void ping() throws FailedException, InterruptedException {
        connection.ping();
        next(() -> "did not answer a ping");
    }

    /** The broker's limits. */
    public Limits limits() {
        return limits;
    }

    /** Subscribes to the filters and returns their retained messages, as {@link #retained()} does. */
    public Map<Topic, byte[]> retained(List<String> topicFilters) throws FailedException, InterruptedException {
        for (String filter : topicFilters) {
            ReasonCode reason = subscribe(filter);
            if (reason.isRefusal()) {
                throw new FailedException("The broker refuses the subscription to " + filter + ": " + reason);
            }
        }
        return topicFilters.isEmpty() ? Map.of() : retained();
    }

    /**
     * Returns the retained messages of the subscriptions made since the last call. MQTT does not mark the last of them:
     * Mosquitto sends 20 and waits for their acknowledgements, Artemis answers later requests first. So they are complete
     * when a second passes without one and the broker then answers a ping without another before the answer. A busy
     * broker or machine costs time, not messages.
     */
    public Map<Topic, byte[]> retained() throws FailedException, InterruptedException {
        Map<Topic, byte[]> all = new LinkedHashMap<>();
        do {
            takeUntilQuiet(all);
            ping();
        } while (!retained.isEmpty());
        return all;
    }

    private void takeUntilQuiet(Map<Topic, byte[]> all) throws InterruptedException {
        Retained message;
        while ((message = retained.poll(quiet.toMillis(), TimeUnit.MILLISECONDS)) != null) {
            all.put(message.topic(), message.payload());
        }
    }

    @Override
    public void close() {
        connection.disconnect();
        connection.close();
    }

    /** @param silence what the broker did, if it does not answer */
    private Answer next(Supplier<String> silence) throws FailedException, InterruptedException {
        Answer answer = answers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null) {
            throw new FailedException("The broker " + silence.get() + " within " + PATIENCE.toSeconds() + " s");
        }
        if (answer instanceof Answer.Failed failed) {
            throw new FailedException(failed.sentence());
        }
        if (answer instanceof Answer.Bug bug) {
            throw new IllegalStateException("A thread of the connection has failed", bug.fault());
        }
        return answer;
    }

    private final class AnswerListener implements Broker.Listener {

        @Override
        public void connected(Limits granted, Optional<ServerCertificate> certificate) {
            answers.add(new Answer.Connected(granted));
        }

        @Override
        public void failed(ConnectFailure failure) {
            answers.add(new Answer.Failed(failure.sentence()));
        }

        @Override
        public void delivered(long ticket, ReasonCode reason) {
            answers.add(new Answer.Delivered(reason));
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            answers.add(new Answer.Subscribed(reason));
        }

        @Override
        public void pong() {
            answers.add(new Answer.Pong());
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean isRetained) {
            if (isRetained) {
                retained.add(new Retained(topic, payload));
            }
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            answers.add(new Answer.Failed(sentence));
        }

        @Override
        public void bug(Throwable fault) {
            answers.add(new Answer.Bug(fault));
        }
    }
}
