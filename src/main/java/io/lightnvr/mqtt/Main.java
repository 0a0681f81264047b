package io.lightnvr.mqtt;

import io.lightnvr.mqtt.cli.CheckCommand;
import io.lightnvr.mqtt.cli.DemoCommand;
import io.lightnvr.mqtt.cli.ExitStatus;
import io.lightnvr.mqtt.cli.PublishCommand;
import io.lightnvr.mqtt.cli.RefusedConfiguration;
import io.lightnvr.mqtt.cli.RunCommand;
import io.lightnvr.mqtt.cli.VersionProvider;
import io.lightnvr.mqtt.config.ConfigurationException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "lightnvr-mqtt",
        description = "Publishes the detections of a LightNVR recorder to MQTT and to Home Assistant.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:an orderly end, also after SIGTERM or Ctrl-C",
            "1:what was asked for did not succeed",
            "2:wrong command line or configuration",
            "3:a bug"
        },
        subcommands = {DemoCommand.class, RunCommand.class, CheckCommand.class, PublishCommand.class})
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its {@link ExitStatus}. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine main = new CommandLine(new Main());
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
        err.println("lightnvr-mqtt: this is a bug: please report it with these lines");
        fault.printStackTrace(err);
        err.flush();
        return ExitStatus.BUG;
    }
}
