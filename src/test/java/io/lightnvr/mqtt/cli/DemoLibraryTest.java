package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DemoLibraryTest {

    private final StringWriter errors = new StringWriter();

    @Test
    void isThereInTheBuild() {
        assertThat(DemoLibrary.isPresent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.lightnvr.mqtt.demo.", "org.apache.activemq.artemis."})
    void isMissedInOneSentence(String missing) throws ReflectiveOperationException {
        Object command = new Without(missing)
                .loadClass(DemoCommand.class.getName())
                .getConstructor()
                .newInstance();

        int status = new CommandLine(command).setErr(new PrintWriter(errors)).execute("--port", "0");

        assertThat(status).isEqualTo(ExitStatus.USAGE);
        assertThat(errors.toString())
                .startsWith("lightnvr-mqtt: the demo's broker is not installed: the folder demo-lib is missing")
                .hasLineCount(1);
    }

    @Test
    void isNotNeededForTheHelp() throws ReflectiveOperationException {
        Object command = new Without("io.lightnvr.mqtt.demo.")
                .loadClass(DemoCommand.class.getName())
                .getConstructor()
                .newInstance();

        assertThat(new CommandLine(command).getUsageMessage()).contains("--streams");
    }

    /** Loads the commands anew, as an installation does that lacks some classes. */
    private static final class Without extends ClassLoader {

        private static final String COMMANDS = DemoCommand.class.getPackageName() + ".";

        private final String missing;

        Without(String missing) {
            super(DemoLibraryTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(COMMANDS)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
