package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import java.util.Optional;
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

    /** Whether one of them is given. */
    boolean areGiven() {
        return all || stream.isPresent();
    }

    /** @throws ParameterException if both are given, or a stream without a name */
    void validate(CommandLine command) {
        if (all && stream.isPresent() || stream.filter(String::isEmpty).isPresent()) {
            throw new ParameterException(command, "--forget: name one stream, or use --forget-all without --forget");
        }
    }

    /**
     * Removes what is asked for; the bridge must not be running.
     *
     * @return the exit status
     */
    int withdraw(ConfigurationChoice choice, CommandLine command) throws InterruptedException {
        try (Store store = SqliteStore.open(choice.data(), Bridge.limits(choice.configuration()), Bridge.clock())) {
            Withdrawal withdrawal = new Withdrawal(
                    choice.configuration(),
                    ConfigurationMapping.broker(choice.configuration().mqtt(), System.getenv()),
                    store);
            return all
                    ? withdrawAll(withdrawal, command)
                    : withdraw(withdrawal, new StreamName(stream.orElseThrow()), command);
        } catch (StoreException e) {
            command.getErr().println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.of(e);
        } catch (OneShotConnection.FailedException e) {
            command.getErr().println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private static int withdrawAll(Withdrawal withdrawal, CommandLine command)
            throws OneShotConnection.FailedException, InterruptedException {
        int devices = withdrawal.withdrawAll();
        print("Removed everything this bridge has published, including " + devices + " devices", command);
        return ExitStatus.OK;
    }

    private static int withdraw(Withdrawal withdrawal, StreamName stream, CommandLine command)
            throws OneShotConnection.FailedException, InterruptedException {
        if (!withdrawal.knows(stream)) {
            command.getErr()
                    .println("lightnvr-mqtt: --forget: the stream " + stream + " is unknown; known streams: "
                            + withdrawal.streams());
            return ExitStatus.FAILED;
        }
        withdrawal.withdraw(stream);
        print(
                "Removed the stream " + stream + "; it comes back if the recorder still lists it when the bridge runs",
                command);
        return ExitStatus.OK;
    }

    private static void print(String done, CommandLine command) {
        command.getOut().println(done + ". If Home Assistant was not running, start it and run this command again.");
    }
}
