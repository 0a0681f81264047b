package io.lightnvr.mqtt.web;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The add-on's page when the bridge cannot start: it tells what is missing and what to do. Elsewhere the command itself tells. */
public final class SetupPage implements AutoCloseable {

    private final PageServer server;

    /** What keeps the bridge from starting. */
    public record Missing(String version, List<Trouble> troubles) {}

    /**
     * One thing that is missing or refused.
     *
     * @param key of the option; empty if it concerns all
     * @param whatToDo the remedy; empty if the sentence names it
     */
    public record Trouble(String key, String sentence, String whatToDo) {}

    /**
     * Starts the page.
     *
     * @param settings in the mode {@link PageSettings#SETUP}
     * @throws IOException if it cannot listen, with a sentence for people
     */
    public SetupPage(PageSettings settings, Missing missing, Consumer<Throwable> onError) throws IOException {
        byte[] hello = StatusJson.hello(Instant.now());
        server = PageServer.start(settings, new SetupRoutes(missing), new Broadcast(() -> hello), onError);
    }

    @Override
    public void close() {
        server.close();
    }
}
