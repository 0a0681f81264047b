package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Heartbeat;
import io.lightnvr.mqtt.bridge.Version;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.store.StoreException;
import io.lightnvr.mqtt.supervisor.Supervisor;
import io.lightnvr.mqtt.web.Page;
import io.lightnvr.mqtt.web.PageSettings;
import io.lightnvr.mqtt.web.SetupPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code run} does: from the configuration to the bridge, until a signal. It needs nothing of the command line's library. */
public final class RunProcess {

    /** Where {@code run} finds the data folder and the file for health checks, unless options name others. */
    static final String DATA = "LIGHTNVR_MQTT_DATA";

    static final String HEARTBEAT = "LIGHTNVR_MQTT_HEARTBEAT";

    private final Choosing choosing;
    private final Optional<Path> heartbeat;
    private final PrintWriter out;
    private final PrintWriter err;

    /** What keeps the bridge from starting, for the page. */
    private final List<SetupPage.Trouble> troubles = new ArrayList<>();

    /** Reads the configuration that was selected. */
    interface Choosing {
        ConfigurationChoice choose() throws ConfigurationException, ConfigurationChoice.NoConfigurationException;
    }

    /** @param heartbeat the file for health checks, written while the bridge works */
    RunProcess(Choosing choosing, Optional<Path> heartbeat, PrintWriter out, PrintWriter err) {
        this.choosing = choosing;
        this.heartbeat = heartbeat;
        this.out = out;
        this.err = err;
    }

    /**
     * The process of a plain {@code run}, as the add-on starts it; nothing where the command line's library has to read or to refuse
     * something. Its 170 classes are too old for the archive of classes: each start would read and check them, and keep them in memory.
     *
     * @param environment what the variables of the process say
     */
    public static Optional<RunProcess> plain(List<String> arguments, Map<String, String> environment) {
        Optional<Path> data = Optional.ofNullable(environment.get(DATA)).map(Path::of);
        boolean isPlain = arguments.equals(List.of("run"))
                && LocalText.holdsAll()
                && data.stream().allMatch(Files::isDirectory);
        return isPlain
                ? Optional.of(new RunProcess(
                        () -> ConfigurationChoice.make(
                                Optional.empty(), Optional.empty(), data, ConfigurationChoice.Places.usual()),
                        Optional.ofNullable(environment.get(HEARTBEAT)).map(Path::of),
                        new PrintWriter(System.out, true),
                        new PrintWriter(System.err, true)))
                : Optional.empty();
    }

    /**
     * Runs the bridge.
     *
     * @return the {@link ExitStatus}
     */
    public int run() throws InterruptedException {
        try (ProcessLifetime lifetime = new ProcessLifetime()) {
            int status = run(lifetime);
            boolean needsAPerson =
                    (status == ExitStatus.USAGE || status == ExitStatus.FAILED) && !lifetime.endsWithin(Duration.ZERO);
            return needsAPerson && Supervisor.of(System.getenv()).isPresent() ? standBy(lifetime) : status;
        }
    }

    /**
     * Waits to be stopped, after a failure that only a person can fix; the page tells of it. If the process ended, the Supervisor's
     * watchdog would start it again and again.
     */
    private int standBy(ProcessLifetime lifetime) throws InterruptedException {
        err.println("lightnvr-mqtt: the add-on waits; fix the problem and restart it");
        Optional<SetupPage> page = setupPage(lifetime);
        Optional<Heartbeat> beating = heartbeat.map(Heartbeat::new);
        do {
            beating.ifPresent(Heartbeat::write);
        } while (!lifetime.endsWithin(Heartbeat.EVERY));
        page.ifPresent(SetupPage::close);
        return lifetime.status();
    }

    private Optional<SetupPage> setupPage(ProcessLifetime lifetime) {
        SetupPage.Missing missing = new SetupPage.Missing(Version.current(), troubles);
        return PageDoor.ingress(System.getenv(), PageSettings.SETUP).flatMap(door -> {
            try {
                return Optional.of(new SetupPage(door, missing, lifetime::fail));
            } catch (IOException e) {
                err.println("lightnvr-mqtt: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    private int run(ProcessLifetime lifetime) throws InterruptedException {
        try {
            Optional<ConfigurationChoice> choice = choose();
            if (choice.isEmpty()) {
                return ExitStatus.USAGE;
            }
            if (!choice.get().configuration().mqtt().enabled()) {
                out.println("MQTT is turned off (mqtt.enabled is false in "
                        + choice.get().origin() + "): nothing to do.");
                return ExitStatus.OK;
            }
            return runBridge(choice.get(), lifetime);
        } catch (ConfigurationException e) {
            e.problems()
                    .forEach(problem -> trouble(
                            problem.key(), (problem.value() + " " + problem.rule()).strip(), problem.whatToDo()));
            return RefusedConfiguration.print(e, err);
        }
    }

    private int runBridge(ConfigurationChoice choice, ProcessLifetime lifetime)
            throws ConfigurationException, InterruptedException {
        if (!choice.loaded().hasSeveral()) {
            choice.configuration().requireNvr();
        }
        Logger log = LoggerFactory.getLogger(RunProcess.class);
        log.info(
                "LightNVR MQTT {}; configuration: {}; data folder: {}",
                Version.current(),
                choice.origin(),
                choice.data());
        choice.notes().forEach(log::warn);
        new Forgetting(choice)
                .left()
                .forEach(left -> log.warn("{}: {}", Forgetting.sentence(left), Forgetting.whatToDo(left)));
        if (choice.loaded().hasSeveral()) {
            return runSeveral(choice, lifetime);
        }
        RecorderEntry single = choice.loaded().recorders().get(0);
        Path folder = new RecorderFolders(choice.data()).prepare(single, choice.configuration(), false);
        try (RunningRecorder running = RunningRecorder.open(single, folder, lifetime::fail)) {
            heartbeat.map(Heartbeat::new).ifPresent(file -> running.bridge().startHeartbeat(file::write));
            Optional<Page> page = page(choice, () -> PageOfProcess.single(choice, running), lifetime);
            awaitEnd(running.bridge()::start, page, lifetime);
        } catch (StoreException e) {
            log.error(e.getMessage());
            trouble("", e.getMessage(), "");
            return ExitStatus.of(e);
        }
        log.info("The bridge has stopped");
        return lifetime.status();
    }

    private int runSeveral(ConfigurationChoice choice, ProcessLifetime lifetime) throws InterruptedException {
        try (Recorders recorders = Recorders.open(choice, lifetime)) {
            if (recorders.opened().isEmpty()) {
                recorders.troubles().forEach(one -> trouble(one.part(), one.sentence(), one.whatToDo()));
                return lifetime.least();
            }
            Optional<Page> page = page(choice, () -> PageOfProcess.of(choice, recorders), lifetime);
            awaitEnd(() -> recorders.start(heartbeat.map(Heartbeat::new)), page, lifetime);
        }
        LoggerFactory.getLogger(RunProcess.class).info("The bridge has stopped");
        return lifetime.status();
    }

    /** What starts a bridge, or several. */
    private interface Start {
        void start() throws InterruptedException;
    }

    /** The page is there before anything can happen, and goes before the bridge does. */
    private static void awaitEnd(Start start, Optional<Page> page, ProcessLifetime lifetime)
            throws InterruptedException {
        try {
            start.start();
            lifetime.await(Optional.empty());
        } finally {
            page.ifPresent(Page::close);
        }
    }

    /** A bridge without its page is better than none. Where there is to be no page, nothing is made for it. */
    private static Optional<Page> page(
            ConfigurationChoice choice, Supplier<PageOfProcess> backend, ProcessLifetime lifetime) {
        Logger log = LoggerFactory.getLogger(RunProcess.class);
        return PageDoor.of(choice.configuration().web(), System.getenv()).flatMap(door -> {
            try {
                Page page = backend.get().open(door, lifetime::fail);
                log.info(
                        "The page is {}",
                        door.ingress() ? "in Home Assistant's sidebar" : "at http:/" + page.address() + "/");
                return Optional.of(page);
            } catch (IOException e) {
                log.error("{}; the bridge runs without its page", e.getMessage());
                return Optional.empty();
            }
        });
    }

    private void trouble(String key, String sentence, String whatToDo) {
        troubles.add(new SetupPage.Trouble(key, sentence, whatToDo));
    }

    /** Reads the configuration and sets up the log; prints a message and returns nothing if there is no configuration. */
    Optional<ConfigurationChoice> choose() throws ConfigurationException {
        try {
            ConfigurationChoice choice = choosing.choose();
            Logging.setUp(choice.configuration().logLevel());
            if (PageDoor.of(choice.configuration().web(), System.getenv()).isPresent()) {
                Logging.keepLines();
            }
            if (choice.loaded().hasSeveral()) {
                Logging.nameRecorders();
            }
            return Optional.of(choice);
        } catch (ConfigurationChoice.NoConfigurationException e) {
            err.println("lightnvr-mqtt: " + e.getMessage());
            trouble(
                    "",
                    "There is no configuration",
                    "open the add-on's configuration, set it there and restart the add-on");
            return Optional.empty();
        }
    }
}
