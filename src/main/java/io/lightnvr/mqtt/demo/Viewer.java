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

/** A subscriber that prints a line for each event that it receives. Thread-safe. */
final class Viewer implements AutoCloseable {

    private static final String FILTER = "lightnvr/detections/#";
    private static final long CONNECT_SECONDS = 60;
    private static final String NOT_SUBSCRIBED = "The demo cannot subscribe to its own broker: ";
    private static final int MOST_LATENCIES = 100_000;

    private final VisibleTimes visible;
    private final PrintWriter out;
    private final EventLine line = new EventLine(ZoneId.systemDefault());
    private final CompletableFuture<Broker.Connection> connection = new CompletableFuture<>();
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final List<Duration> latencies = new ArrayList<>();
    private long received;

    Viewer(VisibleTimes visible, PrintWriter out) {
        this.visible = visible;
        this.out = out;
    }

    /** Begins to connect; subscribes once connected. */
    void connect(int port) {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                port,
                "lightnvr-demo-viewer",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        connection.complete(new PahoBroker().open(settings, new Incoming()));
    }

    /**
     * Waits until the broker has accepted the subscription.
     *
     * @throws IOException if it cannot connect or subscribe
     */
    void awaitSubscribed() throws IOException, InterruptedException {
        try {
            subscribed.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(NOT_SUBSCRIBED + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException(NOT_SUBSCRIBED + "no answer for " + CONNECT_SECONDS + " s", e);
        }
    }

    /** Disconnects, if it is connected. */
    @Override
    public void close() {
        connection.thenAccept(Broker.Connection::close);
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

    private final class Incoming implements Broker.Listener {

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            connection.thenAccept(open -> open.subscribe(FILTER));
        }

        @Override
        public void failed(ConnectFailure failure) {
            subscribed.completeExceptionally(new IOException(failure.sentence()));
        }

        @Override
        public void subscribed(String topicFilter, ReasonCode reason) {
            subscribed.complete(null);
        }

        @Override
        public void received(Topic topic, byte[] payload, boolean retained) {
            show(topic, payload, System.nanoTime());
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            subscribed.completeExceptionally(new IOException(sentence));
        }

        @Override
        public void bug(Throwable fault) {
            subscribed.completeExceptionally(fault);
        }
    }
}
