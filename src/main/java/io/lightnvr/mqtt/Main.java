package io.lightnvr.mqtt;

import io.lightnvr.mqtt.cli.CheckCommand;
import io.lightnvr.mqtt.cli.DemoCommand;
import io.lightnvr.mqtt.cli.ExitStatus;
import io.lightnvr.mqtt.cli.LocalText;
import io.lightnvr.mqtt.cli.PublishCommand;
import io.lightnvr.mqtt.cli.RefusedConfiguration;
import io.lightnvr.mqtt.cli.RunCommand;
import io.lightnvr.mqtt.cli.RunProcess;
import io.lightnvr.mqtt.cli.VersionProvider;
import io.lightnvr.mqtt.config.ConfigurationException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point: parses the command line and runs a command. */
@Command(
        name = "lightnvr-mqtt",
        description = "Publishes the detections of a LightNVR recorder to MQTT and to Home Assistant.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:normal end, including SIGTERM and Ctrl-C",
            "1:the command failed",
            "2:invalid command line or configuration",
            "3:internal error, a bug in the program"
        },
        subcommands = {DemoCommand.class, RunCommand.class, CheckCommand.class, PublishCommand.class})
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] arguments) {
        System.exit(RunProcess.plain(List.of(arguments), System.getenv())
                .map(Main::run)
                .orElseGet(() -> commandLine().execute(arguments)));
    }

    private static int run(RunProcess process) {
        try {
            return process.run();
        } catch (InterruptedException | RuntimeException e) {
            return bug(e, new PrintWriter(System.err, true));
        }
    }

    static CommandLine commandLine() {
        CommandLine main = new CommandLine(new Main());
        LocalText.guard(main);
        main.setExecutionStrategy(
                parsed -> parsed.hasSubcommand() || parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()
                        ? new CommandLine.RunLast().execute(parsed)
                        : explain(main));
        main.setExecutionExceptionHandler(Main::failed);
        return main;
    }

    private static int explain(CommandLine main) {
        main.usage(main.getErr());
        return ExitStatus.USAGE;
    }

    private static int failed(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (fault instanceof ConfigurationException configuration) {
            return RefusedConfiguration.print(configuration, err);
        }
        return bug(fault, err);
    }

    private static int bug(Exception fault, PrintWriter err) {
        err.println("lightnvr-mqtt: internal error; please report this bug with the lines below");
        fault.printStackTrace(err);
        err.flush();
        return ExitStatus.BUG;
    }
}
