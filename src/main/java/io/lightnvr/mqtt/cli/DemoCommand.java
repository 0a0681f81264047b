package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.LogLevel;
import io.lightnvr.mqtt.config.ValueRules;
import io.lightnvr.mqtt.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows the bridge at work, with nothing else installed. */
@Command(
        name = "demo",
        description = "Shows the bridge at work: a broker, a simulated recorder, and the bridge between them.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
public final class DemoCommand implements Callable<Integer> {

    private static final List<String> GENERATIONS = List.of("0.37", "0.47");
    private static final int MOST_STREAMS = 256;
    private static final int MOST_PORT = 65_535;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the broker on the loopback; a free port if it is 0 or taken. Default 1883.")
    private int port = 1883;

    @Option(
            names = "--page-port",
            paramLabel = "N",
            description = "Port of the page on the loopback; a free port if it is 0 or taken. Default 8100.")
    private int pagePort = 8100;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Ends the demo after that time, such as 30s; without it, Ctrl-C ends it.")
    private Optional<Duration> duration = Optional.empty();

    @Option(names = "--streams", paramLabel = "N", description = "Number of cameras, 1 to 256. Default 4.")
    private int streams = 4;

    @Option(
            names = "--generation",
            paramLabel = "VERSION",
            description = "The LightNVR to simulate: 0.47, which publishes detections, or 0.37. Default 0.47.")
    private String generation = "0.47";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws ConfigurationException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        check();
        if (!DemoLibrary.isPresent()) {
            err.println(
                    "lightnvr-mqtt: the demo's broker is not installed: the folder demo-lib is missing beside the jar"
                            + " (a build makes it: mvn -DskipTests package)");
            return ExitStatus.USAGE;
        }
        Logging.setUp(LogLevel.WARNING);
        Logging.keepLines();
        try {
            return run(spec.commandLine().getOut());
        } catch (IOException e) {
            err.println("lightnvr-mqtt: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    /** Only local variables may be of the demo's types: this class is loaded without demo-lib, too. */
    private int run(PrintWriter out) throws IOException, ConfigurationException, InterruptedException {
        try (ProcessLifetime lifetime = new ProcessLifetime()) {
            DemoPage page = new DemoPage(pagePort, lifetime::fail);
            Demo demo = Demo.start(port, streams, generation, page::open, out, lifetime::fail);
            try (demo) {
                lifetime.await(duration);
            }
            out.println(demo.summary().text());
            out.flush();
            return lifetime.status();
        }
    }

    private void check() {
        checkPort("--port", port);
        checkPort("--page-port", pagePort);
        if (!GENERATIONS.contains(generation)) {
            throw new ParameterException(
                    spec.commandLine(), "--generation: " + generation + " is not known; use 0.37 or 0.47");
        }
        if (streams < 1 || streams > MOST_STREAMS) {
            throw new ParameterException(
                    spec.commandLine(), "--streams: " + streams + " is out of range; use 1 to 256");
        }
    }

    private void checkPort(String option, int number) {
        if (number < 0 || number > MOST_PORT) {
            throw new ParameterException(spec.commandLine(), option + ": " + number + " is not a port; use 0 to 65535");
        }
    }

    /** Times as in the configuration. */
    static final class TimeConverter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            return ValueRules.parseTime(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is not a time; " + ValueRules.TIME_SYNTAX));
        }
    }
}
