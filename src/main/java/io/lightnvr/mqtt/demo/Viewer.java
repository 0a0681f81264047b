package io.lightnvr.mqtt.demo;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A subscriber that writes each event on the screen as it receives it. Thread-safe. */
final class Viewer {

    private static final String FILTER = "lightnvr/detections/#";
    private static final long CONNECT_SECONDS = 10;
    private static final int MOST_LATENCIES = 100_000;

    private final VisibleTimes visible;
    private final PrintWriter out;
    private final EventLine line = new EventLine(ZoneId.systemDefault());
    private final List<Duration> latencies = new ArrayList<>();
    private long received;

    Viewer(VisibleTimes visible, PrintWriter out) {
        this.visible = visible;
        this.out = out;
    }

    /** A connection that is closed like any other resource. */
    interface Connection extends AutoCloseable {

        /**
         * Waits until it receives.
         *
         * @throws IOException where that does not succeed
         */
        void awaitSubscribed() throws IOException, InterruptedException;

        @Override
        void close();
    }

    /** Begins to connect and to subscribe. */
    Connection connect(int port) {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                port,
                "lightnvr-demo-viewer",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        Ear ear = new Ear();
        ear.connection.complete(new PahoBroker().open(settings, ear));
        return ear;
    }

    synchronized DemoSummary summary(long published) {
        return new DemoSummary(published, received, latencies);
    }

    private synchronized void show(Topic topic, byte[] payload, long nanoTime) {
        received++;
        OptionalLong latency = ReceivedEvent.read(payload)
                .map(event -> visible.latency(event.stream(), event.second(), nanoTime))
                .orElse(OptionalLong.empty());
        if (latency.isPresent() && latencies.size() < MOST_LATENCIES) {
            latencies.add(Duration.ofNanos(latency.getAsLong()));
        }
        OptionalLong millis = latency.isPresent()
                ? OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(latency.getAsLong()))
                : OptionalLong.empty();
        out.println(line.text(topic.name(), payload, millis));
        out.flush();
    }

    private final class Ear implements Broker.Listener, Connection {

        private final CompletableFuture<Broker.Connection> connection = new CompletableFuture<>();
        private final CompletableFuture<Void> ready = new CompletableFuture<>();

        @Override
        public void awaitSubscribed() throws IOException, InterruptedException {
            try {
                ready.get(CONNECT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("The demo cannot subscribe to its own broker", e);
            }
        }

        @Override
        public void close() {
            connection.join().close();
        }

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            connection.thenAccept(open -> open.subscribe(FILTER));
        }

        @Override
        public void failed(ConnectFailure failure) {
            ready.completeExceptionally(new IOException(failure.sentence()));
        }

        @Override
        public void delivered(long ticket, ReasonCode reason) {
            // It publishes nothing.
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            ready.complete(null);
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained) {
            show(topic, payload, System.nanoTime());
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            ready.completeExceptionally(new IOException(sentence));
        }
    }
}
