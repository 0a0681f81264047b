package io.lightnvr.mqtt.it;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Bridges of several jars that are compared in the same minutes, each with a client id, topics and a folder of its own. */
final class ComparedJars {

    private ComparedJars() {}

    /** The jars that a property names, separated by colons, otherwise the one that was built. */
    static List<Path> named(String property) {
        String jars = System.getProperty(property, BridgeProcess.jar());
        return Stream.of(jars.split(File.pathSeparator))
                .map(jar -> Path.of(jar).toAbsolutePath())
                .toList();
    }

    /**
     * Starts one of them, and waits for its connection.
     *
     * @param name its client id, the prefix of its topics and its data folder
     */
    static BridgeProcess run(TestBed bed, Path jar, String name, List<String> flags, BridgeOptions options) {
        options.mqtt("client_id", name).mqtt("topic_prefix", name);
        BridgeProcess bridge = BridgeProcess.startJar(
                bed,
                List.of(),
                flags,
                jar.toString(),
                "run",
                "--config",
                options.write(bed, name + ".json").toString(),
                "--data",
                bed.newFolder(name).toString());
        bridge.awaitLog("Connected to the broker");
        Measured.report("%s is %s", name, jar);
        return bridge;
    }
}
