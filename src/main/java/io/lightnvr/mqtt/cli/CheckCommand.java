package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.check.CheckReport;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.LogLevel;
import io.lightnvr.mqtt.config.Problem;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out why the bridge does not work; safe to run next to a live one. */
@Command(
        name = "check",
        description = "Checks the chain from the recorder to Home Assistant and suggests fixes.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        footer = {"", "The configuration is found in the same places as by run."})
public final class CheckCommand implements Callable<Integer> {

    private static final String CONFIGURATION = "configuration";

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private RecorderOptions recorder;

    @Option(names = "--json", description = "Prints the report as one JSON object at the end, instead of lines.")
    private boolean json;

    @Option(
            names = "--test-event",
            paramLabel = "STREAM",
            description = "Also publishes one event for this stream, with the label test.")
    private Optional<String> testEvent = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CheckReport report = new CheckReport(finding -> {
            if (!json) {
                out.printf("%-8s %s%n", finding.severity(), finding);
                out.flush();
            }
        });
        int status = examine(report);
        if (json) {
            out.println(report.json());
        }
        return status;
    }

    private int examine(CheckReport report) throws InterruptedException {
        CheckReport.Part part = report.part(CONFIGURATION);
        try {
            ConfigurationChoice choice = options.choose();
            List<RecorderEntry> recorders = recorder.of(choice.loaded(), spec.commandLine());
            if (!choice.loaded().hasSeveral()) {
                choice.configuration().requireNvr();
            }
            part.ok("read from " + choice.origin());
            choice.notes().forEach(note -> part.warning(note, ""));
            if (!choice.configuration().mqtt().enabled()) {
                part.failed("mqtt.enabled is false, so run exits at once", "set it to true");
            }
            Logging.setUp(LogLevel.ERROR);
            Examination.of(choice, recorders, report, testEvent.map(StreamName::new));
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                part.failed(problem.toString(), "");
            }
            return ExitStatus.USAGE;
        } catch (ConfigurationChoice.NoConfigurationException e) {
            part.failed(
                    "not found: there is neither Home Assistant's options.json nor lightnvr-mqtt.yaml in the current"
                            + " folder, and --nvr is not given",
                    "pass a file with --config, or the address of the recorder with --nvr");
            return ExitStatus.USAGE;
        }
        return report.worst() == Severity.FAILED ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
