package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BothListenersTest {

    private final List<String> heard = new ArrayList<>();

    @Test
    void passesEverythingOnToBoth() throws ReflectiveOperationException {
        BothListeners both = new BothListeners(listener("first "), listener("second "));

        for (Method news : IntakeListener.class.getMethods()) {
            if (Modifier.isStatic(news.getModifiers())) {
                continue;
            }
            news.invoke(
                    both,
                    Stream.of(news.getParameterTypes())
                            .map(type -> type == boolean.class ? false : null)
                            .toArray());

            assertThat(heard).containsExactly("first " + news.getName(), "second " + news.getName());
            heard.clear();
        }
    }

    private IntakeListener listener(String name) {
        return (IntakeListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {IntakeListener.class}, (self, news, arguments) -> {
                    heard.add(name + news.getName());
                    return null;
                });
    }
}
