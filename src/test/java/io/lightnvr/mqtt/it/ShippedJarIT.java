package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Which of the built classes are in the jar that ships, and which are in {@code demo-lib/}. */
class ShippedJarIT {

    private static final String DEMO = "io/lightnvr/mqtt/demo/";

    private final Path jar = Path.of(BridgeProcess.jar());
    private final Path demo = jar.resolveSibling("demo-lib/lightnvr-mqtt-demo.jar");

    @Test
    void hasNoClassOfTheDemoAndOfItsBroker() throws IOException {
        assertThat(entries(jar))
                .contains("io/lightnvr/mqtt/Main.class", "org/eclipse/paho/mqttv5/client/MqttAsyncClient.class")
                .noneMatch(name -> name.startsWith(DEMO))
                .noneMatch(name -> name.startsWith("org/apache/activemq/") || name.startsWith("io/netty/"));
    }

    @Test
    void findsTheDemoBesideIt() throws IOException {
        assertThat(classPath(jar)).containsExactly(demo);
        assertThat(entries(demo))
                .contains(DEMO + "Demo.class", DEMO + "recorder/frame.jpeg")
                .allMatch(name -> name.startsWith(DEMO) || name.startsWith("META-INF/") || DEMO.startsWith(name));
    }

    @Test
    void findsTheBrokerBesideTheDemo() throws IOException {
        assertThat(classPath(demo))
                .anyMatch(library -> library.getFileName().toString().startsWith("artemis-server-"))
                .allSatisfy(library -> assertThat(library).isRegularFile());
    }

    private static List<String> entries(Path file) throws IOException {
        try (JarFile open = new JarFile(file.toFile())) {
            return open.stream().map(ZipEntry::getName).toList();
        }
    }

    /** The files that its manifest names. */
    private static List<Path> classPath(Path file) throws IOException {
        try (JarFile open = new JarFile(file.toFile())) {
            String named = open.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return List.of(named.split(" ")).stream()
                    .map(name -> file.resolveSibling(name).normalize())
                    .toList();
        }
    }
}
