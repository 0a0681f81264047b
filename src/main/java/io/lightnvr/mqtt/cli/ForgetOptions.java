package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code run} that remove a stream, or everything, instead of running the bridge. */
final class ForgetOptions {

    @Option(
            names = "--forget",
            paramLabel = "STREAM",
            description = "Removes a stream from the broker and from Home Assistant, then exits.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--forget-all",
            description =
                    "Removes everything this bridge has published from the broker and from Home Assistant, then exits.")
    private boolean all;

    @Option(
            names = "--forget-recorder",
            paramLabel = "NAME",
            description =
                    "Removes what a recorder has published that has no entry any more, and its files, then exits.")
    private Optional<String> recorder = Optional.empty();

    /** Whether one of them is given. */
    boolean areGiven() {
        return all || stream.isPresent() || recorder.isPresent();
    }

    /** @throws ParameterException if several are given, a stream has no name, or a recorder is selected without any of them */
    void validate(RecorderOptions selected, CommandLine command) {
        if (all && stream.isPresent() || stream.filter(String::isEmpty).isPresent()) {
            throw new ParameterException(command, "--forget: name one stream, or use --forget-all without --forget");
        }
        if (recorder.isPresent() && (all || stream.isPresent() || selected.isGiven())) {
            throw new ParameterException(
                    command, "--forget-recorder: use it without --forget, --forget-all and --recorder");
        }
        if (selected.isGiven() && !areGiven()) {
            throw new ParameterException(
                    command, "--recorder: only for --forget and --forget-all; all recorders run in one process");
        }
    }

    /**
     * Removes what is asked for; the bridge must not be running.
     *
     * @return the exit status
     * @throws ConfigurationException if there are problems with a recorder that is asked for
     */
    int withdraw(ConfigurationChoice choice, RecorderOptions selected, CommandLine command)
            throws ConfigurationException, InterruptedException {
        try {
            return recorder.isPresent()
                    ? forgetRecorder(choice, command)
                    : withdraw(choice, selected.of(choice.loaded(), command), command);
        } catch (StoreException e) {
            command.getErr().println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.of(e);
        } catch (OneShotConnection.FailedException | IOException e) {
            command.getErr().println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private int forgetRecorder(ConfigurationChoice choice, CommandLine command)
            throws StoreException, OneShotConnection.FailedException, IOException, InterruptedException {
        Forgetting forgetting = new Forgetting(choice);
        String name = recorder.orElseThrow();
        Optional<RecorderFolders.Left> left = forgetting.left(name);
        if (left.isEmpty()) {
            boolean hasEntry = choice.loaded().recorders().stream()
                    .anyMatch(entry -> entry.name().equals(name));
            command.getErr()
                    .println("lightnvr-mqtt: --forget-recorder: "
                            + (hasEntry
                                    ? name + " has an entry in the configuration; remove that first"
                                    : "nothing is left of a recorder " + name + "; there is something of: "
                                            + forgetting.left().stream()
                                                    .map(RecorderFolders.Left::name)
                                                    .toList()));
            return ExitStatus.FAILED;
        }
        int devices = forgetting.forget(left.get());
        print("Removed the recorder " + name + ", including " + devices + " devices", command);
        return ExitStatus.OK;
    }

    /** Of several recorders each is asked; one that does not know the stream has nothing to remove. */
    private int withdraw(ConfigurationChoice choice, List<RecorderEntry> recorders, CommandLine command)
            throws ConfigurationException, StoreException, OneShotConnection.FailedException, InterruptedException {
        int devices = 0;
        Set<StreamName> known = new TreeSet<>();
        boolean isDone = false;
        for (RecorderEntry entry : recorders) {
            Configuration configuration = entry.requireConfiguration();
            Path folder = choice.folder(entry);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Store store = SqliteStore.open(folder, Bridge.limits(configuration), Bridge.clock())) {
                Withdrawal withdrawal = Withdrawal.of(configuration, store);
                if (all) {
                    devices += withdrawal.withdrawAll();
                } else if (withdrawal.knows(new StreamName(stream.orElseThrow()))) {
                    withdrawal.withdraw(new StreamName(stream.orElseThrow()));
                    isDone = true;
                }
                known.addAll(withdrawal.streams());
            }
        }
        return all
                ? removedAll(devices, command)
                : removed(new StreamName(stream.orElseThrow()), isDone, known, command);
    }

    private static int removedAll(int devices, CommandLine command) {
        print("Removed everything this bridge has published, including " + devices + " devices", command);
        return ExitStatus.OK;
    }

    private static int removed(StreamName stream, boolean isDone, Set<StreamName> known, CommandLine command) {
        if (!isDone) {
            command.getErr()
                    .println("lightnvr-mqtt: --forget: the stream " + stream + " is unknown; known streams: " + known);
            return ExitStatus.FAILED;
        }
        print(
                "Removed the stream " + stream + "; it comes back if the recorder still lists it when the bridge runs",
                command);
        return ExitStatus.OK;
    }

    private static void print(String done, CommandLine command) {
        command.getOut().println(done + ". If Home Assistant was not running, start it and run this command again.");
    }
}
