package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the bridge until a signal, or removes what it has published. */
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

    @Mixin
    private ForgetOptions forget;

    @Mixin
    private RecorderOptions recorder;

    @Option(
            names = "--heartbeat",
            paramLabel = "FILE",
            defaultValue = "${env:" + RunProcess.HEARTBEAT + "}",
            description = "File for health checks, written every 10 s for as long as the bridge works.")
    private Optional<Path> heartbeat = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        checkData();
        forget.validate(recorder, spec.commandLine());
        CommandLine command = spec.commandLine();
        RunProcess process = new RunProcess(options::choose, heartbeat, command.getOut(), command.getErr());
        return forget.areGiven() ? withdraw(process) : process.run();
    }

    private int withdraw(RunProcess process) throws ConfigurationException, InterruptedException {
        Optional<ConfigurationChoice> choice = process.choose();
        return choice.isPresent() ? forget.withdraw(choice.get(), recorder, spec.commandLine()) : ExitStatus.USAGE;
    }

    private void checkData() {
        Optional<Path> data = options.data();
        if (data.isPresent() && !Files.isDirectory(data.get())) {
            throw new ParameterException(
                    spec.commandLine(), "--data: " + data.get() + " is not a folder; create it first");
        }
    }
}
