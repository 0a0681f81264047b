package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The built jar as a program. */
public final class BridgeProcess {

    /** Those of the README for a small machine: with them a start takes a quarter less of the processor. */
    static final List<String> QUICK = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Program program;

    private BridgeProcess(Program program) {
        this.program = program;
    }

    /** {@code java -jar lightnvr-mqtt.jar run --config FILE}. */
    public static BridgeProcess run(TestBed bed, BridgeOptions options) {
        return start(bed, "run", "--config", options.write(bed).toString());
    }

    /** {@code java FLAGS -jar lightnvr-mqtt.jar run --config FILE}. */
    public static BridgeProcess withFlags(TestBed bed, List<String> flags, BridgeOptions options) {
        return start(
                bed, List.of(), flags, "run", "--config", options.write(bed).toString());
    }

    /** {@code java -jar lightnvr-mqtt.jar ...}. */
    public static BridgeProcess start(TestBed bed, String... arguments) {
        return start(bed, List.of(), arguments);
    }

    /** The same, with what comes before {@code java}. */
    public static BridgeProcess start(TestBed bed, List<String> prefix, String... arguments) {
        return start(bed, prefix, QUICK, arguments);
    }

    /** The same, with flags of the JVM. */
    static BridgeProcess start(TestBed bed, List<String> prefix, List<String> flags, String... arguments) {
        return startJar(bed, prefix, flags, jar(), arguments);
    }

    /** The same, with another jar. */
    static BridgeProcess startJar(
            TestBed bed, List<String> prefix, List<String> flags, String jar, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of("-jar", jar));
        command.addAll(List.of(arguments));
        return new BridgeProcess(bed.program("bridge " + arguments[0], Map.of(), command));
    }

    /** The running JDK's {@code java}. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The jar that was built. */
    public static String jar() {
        String jar = System.getProperty("lightnvr.jar");
        if (jar == null) {
            throw new AssertionError("The property lightnvr.jar must name the built jar: run these by mvn verify");
        }
        return jar;
    }

    /** Puts {@code target/lightnvr-mqtt.jar} into the folder of a test, where the documents name it. */
    public static void linkJar(TestBed bed) {
        try {
            Files.createSymbolicLink(
                    bed.folder().resolve("target"), Path.of(jar()).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of its log. */
    public Arrivals<String> log() {
        return program.errors();
    }

    /** The first line of its log with this text. */
    public String awaitLog(String text) {
        return log().await("\"" + text + "\"", line -> line.contains(text));
    }

    /** How many lines of its log hold this text. */
    int logged(String text) {
        return log().all(line -> line.contains(text)).size();
    }

    /** Whether it has connected to the broker once and no more, but for a broker that was too busy to answer. */
    boolean isConnectedOnce() {
        return logged("Connected to the broker") == 1 || logged("has not answered") > 0;
    }

    /** All that it has logged. */
    String logText() {
        return String.join("\n", log().all());
    }

    /** All that it has printed. */
    public String printed() {
        return String.join("\n", program.output().all());
    }

    /** Its exit status, when it has ended by itself. */
    public int exitStatus() {
        return program.exitStatus(Arrivals.PATIENCE);
    }

    /** Ends it by SIGTERM; its exit status. */
    public int terminate() {
        program.terminate();
        return program.exitStatus(Arrivals.PATIENCE);
    }

    public Program program() {
        return program;
    }
}
