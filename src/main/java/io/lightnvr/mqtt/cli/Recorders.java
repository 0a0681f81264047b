package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Heartbeat;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.Problem;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several recorders in one process, each with a store, a bridge and threads of its own. One that cannot be started, or that ends by
 * an internal error, is named, and the others go on; only when none is left the process ends. Thread-safe once it is started.
 */
final class Recorders implements AutoCloseable {

    private static final String CONFIGURATION = "configuration";
    private static final String STORE = "store";
    private static final String BRIDGE = "bridge";

    private final ProcessLifetime lifetime;
    private final RecorderFolders folders;
    private final List<RunningRecorder> opened = new ArrayList<>();
    private final List<RunningRecorder> running = new CopyOnWriteArrayList<>();
    private final List<Finding> troubles = new CopyOnWriteArrayList<>();
    private final Map<String, RecorderThreads> threads = new HashMap<>();
    private final Set<String> beaten = new HashSet<>();

    private Recorders(ProcessLifetime lifetime, RecorderFolders folders) {
        this.lifetime = lifetime;
        this.folders = folders;
    }

    /** Opens all that can be opened; the others are among the {@linkplain #troubles}. */
    static Recorders open(ConfigurationChoice choice, ProcessLifetime lifetime) throws InterruptedException {
        Recorders recorders = new Recorders(lifetime, new RecorderFolders(choice.data()));
        for (RecorderEntry entry : choice.loaded().recorders()) {
            recorders.open(entry);
        }
        return recorders;
    }

    private void open(RecorderEntry entry) throws InterruptedException {
        if (entry.configuration().isEmpty()) {
            entry.problems().forEach(problem -> refuse(entry, problem));
            return;
        }
        RecorderThreads own = new RecorderThreads(entry);
        threads.put(entry.name(), own);
        try {
            RunningRecorder recorder =
                    own.call(() -> open(entry, entry.configuration().get()));
            opened.add(recorder);
            running.add(recorder);
        } catch (ExecutionException e) {
            refuse(entry, e.getCause());
        }
    }

    private RunningRecorder open(RecorderEntry entry, Configuration configuration)
            throws StoreException, ConfigurationException {
        return RunningRecorder.open(
                entry, folders.prepare(entry, configuration, true), fault -> failed(entry.name(), fault));
    }

    private void refuse(RecorderEntry entry, Throwable reason) {
        if (reason instanceof ConfigurationException refused) {
            refused.problems().forEach(problem -> refuse(entry, problem));
        } else if (reason instanceof StoreException refused) {
            log().error("{}: {}; this recorder is not read, the others are", entry.name(), refused.getMessage());
            trouble(entry.name(), STORE, refused.getMessage(), "the other recorders go on; restart the bridge then");
            lifetime.atLeast(ExitStatus.of(refused));
        } else {
            log().error(
                            "Internal error: please report this bug with the lines below. The recorder {} is not read,"
                                    + " the others are",
                            entry.name(),
                            reason);
            fault(entry.name(), reason);
        }
    }

    private void refuse(RecorderEntry entry, Problem problem) {
        log().error("{}: {}; this recorder is not read, the others are", entry.name(), problem);
        String sentence = (problem.key() + ": " + problem.value()).strip() + " " + problem.rule();
        trouble(entry.name(), CONFIGURATION, sentence, problem.whatToDo());
        lifetime.atLeast(ExitStatus.USAGE);
    }

    private void trouble(String name, String part, String sentence, String whatToDo) {
        troubles.add(Finding.failed(name + "/" + part, sentence, whatToDo));
    }

    private void fault(String name, Throwable reason) {
        trouble(
                name,
                BRIDGE,
                "has ended by an internal error: " + reason,
                "report it as a bug, and restart the bridge");
        lifetime.atLeast(ExitStatus.BUG);
    }

    /** Called on a thread of that bridge, which must not wait for its own end. */
    void failed(String name, Throwable reason) {
        List<RunningRecorder> ended =
                running.stream().filter(one -> one.name().equals(name)).toList();
        if (ended.isEmpty() || !running.removeAll(ended)) {
            log().error("Another internal error of the recorder {}, which is not read any more:", name, reason);
            return;
        }
        log().error(
                        "Internal error: please report this bug with the lines below. The recorder {} is not read any more,"
                                + " the others are",
                        name,
                        reason);
        fault(name, reason);
        RunningRecorder recorder = ended.get(0);
        threads.get(name).start(() -> end(recorder), "end");
    }

    private void end(RunningRecorder recorder) {
        recorder.close();
        recorder.bridge()
                .live()
                .part(Part.RECORDER, PartStatus.Condition.OFFLINE, "Its bridge has ended by an internal error");
        if (running.isEmpty()) {
            lifetime.end();
        }
    }

    /** Those that were opened, whether or not they still run. */
    List<RunningRecorder> opened() {
        return List.copyOf(opened);
    }

    /** What is wrong with those that do not run. */
    List<Finding> troubles() {
        return List.copyOf(troubles);
    }

    /** Whether the loops of all that run work. */
    boolean areWorking() {
        return running.stream().allMatch(recorder -> recorder.bridge().isWorking());
    }

    /**
     * Starts all; before, {@code heartbeat} is told to beat whenever each that runs has done so.
     *
     * @param heartbeat nothing is beaten without one
     */
    void start(Optional<Heartbeat> heartbeat) throws InterruptedException {
        for (RunningRecorder recorder : opened) {
            try {
                threads.get(recorder.name()).call(() -> {
                    heartbeat.ifPresent(file -> recorder.bridge().startHeartbeat(() -> beat(recorder.name(), file)));
                    recorder.bridge().start();
                    return true;
                });
            } catch (ExecutionException e) {
                failed(recorder.name(), e.getCause());
            }
        }
    }

    private synchronized void beat(String name, Heartbeat heartbeat) {
        beaten.add(name);
        if (running.stream().map(RunningRecorder::name).allMatch(beaten::contains)) {
            beaten.clear();
            heartbeat.write();
        }
    }

    /** Ends all at the same time, within the time that one needs. */
    @Override
    public void close() {
        List<Thread> ends = new ArrayList<>();
        for (RunningRecorder recorder : running) {
            Thread end = new Thread(threads.get(recorder.name()), recorder::close, "end");
            end.start();
            ends.add(end);
        }
        try {
            for (Thread end : ends) {
                end.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Recorders.class);
    }
}
