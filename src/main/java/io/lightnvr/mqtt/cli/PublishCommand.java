package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TestEvent;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Publishes one test event, to try an automation without walking past a camera. It does not disturb a running bridge: it uses
 * another client id, no will, no availability and no state, and its sequence is 0, outside the order of events.
 */
@Command(
        name = "publish",
        description = "Publishes one test event and waits for the broker's acknowledgement.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        footer = {
            "",
            "The configuration is found in the same places as by run;",
            "without one, the broker is localhost:1883."
        })
public final class PublishCommand implements Callable<Integer> {

    /** Of a name; the bridge takes no longer one of a recorder either. */
    private static final int LONGEST_NAME = 1_000;

    @Option(names = "--stream", paramLabel = "NAME", required = true, description = "Name of the stream.")
    private String stream;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            required = true,
            description = "Label of the detection, such as person.")
    private String label;

    @Option(
            names = "--confidence",
            paramLabel = "0..1",
            description = "Confidence of the detection; default: ${DEFAULT-VALUE}.")
    private float confidence = 0.9f;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Name of the zone of the detection; default: none.")
    private String zone = "";

    @Mixin
    private ConfigurationOptions options;

    @Mixin
    private RecorderOptions recorder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        check();
        Configuration configuration = configuration();
        Logging.setUp(configuration.logLevel());
        return publish(configuration, err);
    }

    /** That of the recorder that the event is to come from. */
    Configuration configuration() throws ConfigurationException {
        try {
            return recorder.configuration(options.choose().loaded(), spec.commandLine());
        } catch (ConfigurationChoice.NoConfigurationException e) {
            return ConfigurationReader.defaults("http://localhost").configuration();
        }
    }

    private void check() {
        if (stream.isEmpty() || label.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), (stream.isEmpty() ? "--stream" : "--label") + ": must not be empty");
        }
        if (Math.max(stream.length(), Math.max(label.length(), zone.length())) > LONGEST_NAME) {
            throw new ParameterException(
                    spec.commandLine(), "--stream, --label and --zone: have at most " + LONGEST_NAME + " characters");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--confidence: " + confidence + " is not a confidence; use a number from 0 to 1");
        }
    }

    private int publish(Configuration configuration, PrintWriter err) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            TestEvents.publish(
                    new TestEvent(new StreamName(stream), label, confidence, zone),
                    configuration,
                    message -> out.println(message.topic() + " " + message.text()));
        } catch (OneShotConnection.FailedException e) {
            err.println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.FAILED;
        }
        return ExitStatus.OK;
    }
}
