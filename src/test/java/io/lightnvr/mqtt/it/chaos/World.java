package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.TestBed;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All programs of a round and the wires between them. Used by one thread. */
final class World {

    /** How long something counts as there; short, so that all is clear soon after the end. */
    private static final int CLEAR_AFTER_SECONDS = 5;

    private final TestBed bed;
    private final Path folder;
    private final ChaosBroker broker;
    private final Ear tap;
    private final List<Ear> remembered;
    private final Optional<Ear> witness;
    private final RecorderHandle recorder;
    private final Wire toRecorder;
    private final Wire toBroker;
    private final BridgeHandle bridge;

    /**
     * Everything runs when it returns, and the recorder sees things.
     *
     * @param folder where ears and recorder write
     */
    World(TestBed bed, Plan plan, Path folder) {
        this.bed = bed;
        this.folder = folder;
        Way way = plan.way();
        broker = new ChaosBroker(bed);
        broker.start();
        tap = Ear.forgotten(bed, broker.port(), "tap", folder);
        remembered = List.of(
                Ear.remembered(bed, broker.port(), "once-or-more", 1, folder),
                Ear.remembered(bed, broker.port(), "once", 2, folder));
        witness = way.source().reads()
                ? Optional.empty()
                : Optional.of(Ear.ofRecorder(bed, broker.port(), "witness", folder));
        int recorderBroker = way.source().publishes() ? broker.port() : RecorderMain.SILENT;
        recorder = new RecorderHandle(
                bed,
                plan.seed(),
                folder.resolve("rows.tsv"),
                recorderBroker,
                way.source().reads());
        recorder.start();
        toRecorder = bed.own(new Wire("to the recorder", Ports.free(), recorder.port()));
        toBroker = bed.own(new Wire("to the broker", Ports.free(), way.tls() ? broker.tlsPort() : broker.port()));
        bridge = new BridgeHandle(bed, options(way));
        bridge.start();
        if (way.source().reads()) {
            recorder.awaitWatched();
        } else {
            bridge.program().errors().await("hearing", line -> line.contains("Listening to the recorder's events"));
        }
        recorder.begin();
    }

    private BridgeOptions options(Way way) {
        BridgeOptions options = BridgeOptions.of(URI.create("http://127.0.0.1:" + toRecorder.port()), toBroker.port())
                .mqtt("username", ChaosBroker.BRIDGE)
                .mqtt("password", SecretCheck.BROKER_PASSWORD)
                .mqtt("qos", way.qos())
                .with("nvr", "topic_prefix", PublishingRecorder.PREFIX)
                .homeAssistant("clear_after", CLEAR_AFTER_SECONDS)
                .homeAssistant("images", way.source().reads())
                .logLevel("trace");
        if (way.source().reads()) {
            // The recorder is open to everybody, so that a lost session is none of the faults; the key is sent all the
            // same.
            options.with("nvr", "api_key", SecretCheck.API_KEY);
        }
        return way.tls()
                ? options.mqtt("broker_host", "127.0.0.1")
                        .mqtt("tls_enabled", true)
                        .mqtt("tls_ca_file", broker.authority().toString())
                : options;
    }

    BridgeHandle bridge() {
        return bridge;
    }

    ChaosBroker broker() {
        return broker;
    }

    RecorderHandle recorder() {
        return recorder;
    }

    Wire toRecorder() {
        return toRecorder;
    }

    Wire toBroker() {
        return toBroker;
    }

    Ear tap() {
        return tap;
    }

    List<Ear> remembered() {
        return remembered;
    }

    /** What the recorder has told the bridge: all that it ever showed or, where it shows nothing, what it said. */
    Ledger ledger() {
        Ledger all = recorder.ledger();
        return witness.map(ear -> all.only(ear.hearing().said())).orElse(all);
    }

    /** Starts the broker, and lets the bridge come only when everybody who listens is there. */
    void startBroker() {
        int tapped = tap.subscriptions() + 1;
        List<Integer> before = remembered.stream().map(Ear::subscriptions).toList();
        broker.start();
        Eventually.isSo("the ears to be back", () -> {
            boolean all = tap.subscriptions() >= tapped;
            for (int i = 0; i < remembered.size(); i++) {
                all &= remembered.get(i).subscriptions() > before.get(i);
            }
            return all;
        });
        toBroker.open();
    }

    /** What everybody heard, and what the broker keeps; to be asked for once, when all is over. */
    Evidence evidence() {
        Ear late = Ear.forgotten(bed, broker.port(), "late", folder);
        Ledger ledger = ledger();
        Hearing tapped = tap.hearing();
        Eventually.within(Arrivals.PATIENCE, () -> {
            Hearing kept = late.hearing();
            return StateCheck.problems(ledger, kept).isEmpty()
                    && PictureCheck.problems(tapped, kept).isEmpty();
        });
        return new Evidence(
                ledger,
                tapped,
                remembered.stream().map(Ear::hearing).toList(),
                late.hearing(),
                broker.programs().size(),
                broker.kills());
    }
}
