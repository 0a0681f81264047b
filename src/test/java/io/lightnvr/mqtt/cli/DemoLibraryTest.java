package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class DemoLibraryTest {

    @Test
    void isThereInTheBuild() {
        assertThat(DemoLibrary.isPresent()).isTrue();
    }

    @Test
    void isMissedWithoutAnError() throws ReflectiveOperationException {
        Class<?> alone = Class.forName(DemoLibrary.class.getName(), true, new OnlyDemoLibrary());

        assertThat(alone.getMethod("isPresent").invoke(null)).isEqualTo(false);
    }

    /** Knows the JDK and one class more, as an installation without the folder does. */
    private static final class OnlyDemoLibrary extends ClassLoader {

        OnlyDemoLibrary() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(DemoLibrary.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream file = DemoLibrary.class.getResourceAsStream("DemoLibrary.class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
