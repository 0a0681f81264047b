package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Version;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.check.BrokerCheck;
import io.lightnvr.mqtt.check.CheckReport;
import io.lightnvr.mqtt.check.DataCheck;
import io.lightnvr.mqtt.check.HomeAssistantCheck;
import io.lightnvr.mqtt.check.RecorderCheck;
import io.lightnvr.mqtt.check.TopicCheck;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.LogLevel;
import io.lightnvr.mqtt.config.Problem;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TestEvent;
import io.lightnvr.mqtt.status.Diagnosis;
import io.lightnvr.mqtt.status.Severity;
import io.lightnvr.mqtt.store.StoreInspection;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out why it does not work, beside a running bridge or without one. */
@Command(
        name = "check",
        description = "Goes through the chain from the recorder to Home Assistant and says what to do.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "The configuration is found as by run."})
public final class CheckCommand implements Callable<Integer> {

    private static final String CONFIGURATION = "configuration";

    @Mixin
    private ConfigurationOptions options;

    @Option(names = "--json", description = "Prints one JSON object for machines, at the end.")
    private boolean json;

    @Option(
            names = "--test-event",
            paramLabel = "STREAM",
            description = "Also publishes one event of this stream, with the label test.")
    private Optional<String> testEvent = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        CheckReport findings = new CheckReport(finding -> {
            if (!json) {
                out.printf("%-8s %s%n", finding.verdict(), finding);
                out.flush();
            }
        });
        int status = status(findings);
        if (json) {
            out.println(findings.json());
        }
        return status;
    }

    private int status(CheckReport findings) throws InterruptedException {
        CheckReport.Part part = findings.part(CONFIGURATION);
        try {
            ConfigurationChoice choice = options.choose();
            Configuration.Nvr recorder = choice.configuration().requireNvr();
            part.ok("read from " + choice.origin());
            choice.notes().forEach(note -> part.warning(note, ""));
            if (!choice.configuration().mqtt().enabled()) {
                part.failed("mqtt.enabled is false, so run ends at once", "set it to true");
            }
            Logging.setUp(LogLevel.ERROR);
            check(choice, recorder, findings);
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                part.failed(problem.toString(), "");
            }
            return ExitStatus.USAGE;
        } catch (ConfigurationChoice.NoConfigurationException e) {
            part.failed(
                    "there is no options.json of Home Assistant, no lightnvr-mqtt.yaml in the current folder, and no recorder"
                            + " was named",
                    "name a file with --config, or the recorder with --nvr");
            return ExitStatus.USAGE;
        }
        return findings.worst() == Severity.FAILED ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private void check(ConfigurationChoice choice, Configuration.Nvr nvrOptions, CheckReport findings)
            throws InterruptedException {
        Configuration configuration = choice.configuration();
        Clock clock = Clock.systemUTC();
        StoreInspection store = StoreInspection.at(choice.data());
        Collection<StreamName> streams =
                new RecorderCheck(nvrOptions, configuration.mqtt(), clock, findings.part(Diagnosis.RECORDER)).check();
        CheckReport.Part broker = findings.part(Diagnosis.BROKER);
        BrokerCheck brokerCheck = new BrokerCheck(configuration, System.getenv(), clock, broker);
        Optional<OneShotConnection> connection = brokerCheck.connect();
        if (connection.isPresent()) {
            try (OneShotConnection open = connection.get()) {
                HomeAssistantCheck homeAssistant =
                        new HomeAssistantCheck(configuration, findings.part(Diagnosis.HOME_ASSISTANT));
                brokerCheck.limits(open.limits(), homeAssistant.largestPacket(streams));
                new TopicCheck(configuration, open, broker).check(store.held());
                publishTestEvent(configuration, open, broker);
                homeAssistant.check(open);
            } catch (OneShotConnection.FailedException e) {
                broker.failed(
                        e.getMessage(),
                        "look in its log; another client may use the id "
                                + configuration.mqtt().clientId() + "-check");
            }
        }
        new DataCheck(choice.data(), findings.part("data folder")).check(store);
    }

    private void publishTestEvent(Configuration configuration, OneShotConnection connection, CheckReport.Part part)
            throws OneShotConnection.FailedException, InterruptedException {
        if (testEvent.isPresent()) {
            for (Message message :
                    new TestEvent(new StreamName(testEvent.get()), "test", 1, "").messages(configuration)) {
                connection.publish(message);
                part.ok("has taken a test event on " + message.topic());
            }
        }
    }
}
