package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.bridge.Heartbeat;
import io.lightnvr.mqtt.bridge.Version;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import io.lightnvr.mqtt.supervisor.Supervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The bridge, until it is told to end. */
@Command(
        name = "run",
        description = "Runs the bridge from a recorder to a broker until it is stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        footer = {
            "",
            "Without --config: /data/options.json if it exists, else",
            "lightnvr-mqtt.yaml in the current folder, else, with --nvr,",
            "the defaults (broker localhost:1883)."
        })
public final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--forget",
            paramLabel = "STREAM",
            description = "Removes a stream from the broker and from Home Assistant, then exits.")
    private Optional<String> forget = Optional.empty();

    @Option(
            names = "--forget-all",
            description =
                    "Removes everything this bridge has published from the broker and from Home Assistant, then exits.")
    private boolean forgetAll;

    @Option(
            names = "--heartbeat",
            paramLabel = "FILE",
            defaultValue = "${env:LIGHTNVR_MQTT_HEARTBEAT}",
            description = "File for health checks, written every 10 s for as long as the bridge works.")
    private Optional<Path> heartbeat = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        checkData();
        checkForget();
        return forgetAll || forget.isPresent() ? forget() : run();
    }

    private int forget() throws ConfigurationException, InterruptedException {
        Optional<ConfigurationChoice> choice = choice();
        return choice.isPresent() ? forget(choice.get()) : ExitStatus.USAGE;
    }

    private int run() throws InterruptedException {
        try (ProcessLifetime lifetime = new ProcessLifetime()) {
            int status = run(lifetime);
            boolean mendable = status == ExitStatus.USAGE || status == ExitStatus.FAILED;
            return mendable && Supervisor.of(System.getenv()).isPresent() ? standBy(lifetime) : status;
        }
    }

    /**
     * What only a person can mend ends no add-on: the Supervisor's watchdog would start it again and again. It waits to be
     * told to end, as a person does who has mended it.
     */
    private int standBy(ProcessLifetime lifetime) throws InterruptedException {
        spec.commandLine().getErr().println("lightnvr-mqtt: the add-on waits; fix the problem and restart it");
        Optional<Heartbeat> beating = heartbeat.map(Heartbeat::new);
        do {
            beating.ifPresent(Heartbeat::write);
        } while (!lifetime.endsWithin(Heartbeat.EVERY));
        return lifetime.status();
    }

    private int run(ProcessLifetime lifetime) throws InterruptedException {
        try {
            Optional<ConfigurationChoice> choice = choice();
            return choice.isPresent() ? bridge(choice.get(), lifetime) : ExitStatus.USAGE;
        } catch (ConfigurationException e) {
            return RefusedConfiguration.print(e, spec.commandLine().getErr());
        }
    }

    private int bridge(ConfigurationChoice choice, ProcessLifetime lifetime)
            throws ConfigurationException, InterruptedException {
        if (!choice.configuration().mqtt().enabled()) {
            spec.commandLine()
                    .getOut()
                    .println("MQTT is turned off (mqtt.enabled is false in " + choice.origin() + "): nothing to do.");
            return ExitStatus.OK;
        }
        choice.configuration().requireNvr();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        log.info(
                "LightNVR MQTT {}; configuration: {}; data folder: {}",
                Version.current(),
                choice.origin(),
                choice.data());
        choice.notes().forEach(log::warn);
        Clock clock = Bridge.clock();
        try (Store store = SqliteStore.open(choice.data(), Bridge.limits(choice.configuration()), clock);
                Bridge bridge = new Bridge(choice.configuration(), store, clock, lifetime::bug)) {
            heartbeat.ifPresent(bridge::beat);
            bridge.start();
            lifetime.await(Optional.empty());
        } catch (StoreException e) {
            log.error(e.getMessage());
            return ExitStatus.FAILED;
        }
        log.info("The bridge has stopped");
        return lifetime.status();
    }

    /** The configuration, after which the log is as it says; empty where there is none, which is told. */
    private Optional<ConfigurationChoice> choice() throws ConfigurationException {
        try {
            ConfigurationChoice choice = options.choose();
            Logging.setUp(choice.configuration().logLevel());
            return Optional.of(choice);
        } catch (ConfigurationChoice.NoConfigurationException e) {
            spec.commandLine().getErr().println("lightnvr-mqtt: " + e.getMessage());
            return Optional.empty();
        }
    }

    private int forget(ConfigurationChoice choice) throws InterruptedException {
        try (Store store = SqliteStore.open(choice.data(), Bridge.limits(choice.configuration()), Bridge.clock())) {
            Withdrawal forgetting = new Withdrawal(
                    choice.configuration(),
                    ConfigurationMapping.broker(choice.configuration().mqtt(), System.getenv()),
                    store);
            return forgetAll ? forgetAll(forgetting) : forget(forgetting, new StreamName(forget.orElseThrow()), store);
        } catch (StoreException | OneShotConnection.FailedException e) {
            spec.commandLine().getErr().println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private int forgetAll(Withdrawal forgetting) throws OneShotConnection.FailedException, InterruptedException {
        int devices = forgetting.everything();
        say("Removed everything this bridge has published, including " + devices + " devices");
        return ExitStatus.OK;
    }

    private int forget(Withdrawal forgetting, StreamName stream, Store store)
            throws OneShotConnection.FailedException, InterruptedException {
        if (!forgetting.knows(stream)) {
            spec.commandLine()
                    .getErr()
                    .println("lightnvr-mqtt: --forget: the stream " + stream + " is unknown; known streams: "
                            + store.states().keySet());
            return ExitStatus.FAILED;
        }
        forgetting.stream(stream);
        say("Removed the stream " + stream + "; it comes back if the recorder still lists it when the bridge runs");
        return ExitStatus.OK;
    }

    private void say(String done) {
        spec.commandLine()
                .getOut()
                .println(done + ". If Home Assistant was not running, start it and run this command again.");
    }

    private void checkData() {
        Optional<Path> data = options.data();
        if (data.isPresent() && !Files.isDirectory(data.get())) {
            throw new ParameterException(
                    spec.commandLine(), "--data: " + data.get() + " is not a folder; create it first");
        }
    }

    private void checkForget() {
        if (forgetAll && forget.isPresent() || forget.filter(String::isEmpty).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--forget: name one stream, or use --forget-all without --forget");
        }
    }
}
