package io.lightnvr.mqtt.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisedBrokerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeSupervisor fake = FakeSupervisor.start();
    private final CompletableFuture<ConnectFailure> failure = new CompletableFuture<>();
    private final CompletableFuture<Throwable> bug = new CompletableFuture<>();

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void looksUpTheBrokerFirst() {
        assertThat(open((settings, listener) -> null, fake.environment()).stage())
                .isEqualTo(ConnectStage.LOOKING_UP);
        assertThat(failure).succeedsWithin(PATIENCE).isNotNull();
    }

    @Test
    void saysThatItsThreadHasFailed() {
        IllegalStateException fault = new IllegalStateException("a bug");
        fake.tellBroker(1883, "addons", "s3cret");

        open(
                (settings, listener) -> {
                    throw fault;
                },
                fake.environment());

        assertThat(bug).succeedsWithin(PATIENCE).isEqualTo(fault);
        assertThat(news).as("trouble with the Supervisor").containsExactly(Optional.empty());
    }

    @Test
    void failsWhereTheSupervisorHasNoAddressOfTheWeb() {
        open((settings, listener) -> null, Map.of("SUPERVISOR", "file:///tmp", "SUPERVISOR_TOKEN", "t0ken"));

        assertThat(failure)
                .succeedsWithin(PATIENCE)
                .extracting(ConnectFailure::sentence)
                .asString()
                .startsWith("The Supervisor at file:///tmp");
        assertThat(news).singleElement().isEqualTo(Optional.of(failure.join().sentence()));
    }

    private Broker.Connection open(Broker broker, Map<String, String> environment) {
        BrokerSettings settings = new BrokerSettings(
                "localhost",
                1883,
                "lightnvr-mqtt",
                Optional.empty(),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        return new SupervisedBroker(
                        Supervisor.of(environment).orElseThrow(),
                        broker,
                        new BrokerSettings.Tls(Optional.empty(), Optional.empty()),
                        news::add)
                .open(settings, new Listener());
    }

    private final List<Optional<String>> news = new CopyOnWriteArrayList<>();

    private final class Listener implements Broker.Listener {

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {}

        @Override
        public void failed(ConnectFailure found) {
            failure.complete(found);
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {}

        @Override
        public void bug(Throwable fault) {
            bug.complete(fault);
        }
    }
}
