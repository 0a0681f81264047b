package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.demo.Demo;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.web.Page;
import io.lightnvr.mqtt.web.PageSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The page of the demo's bridge, whose history is in a folder that the demo removes at its end. Needs the demo's classes. */
final class DemoPage {

    private final int wantedPort;
    private final Consumer<Throwable> onError;

    /** @param wantedPort on the loopback; a free one if it is 0 or taken */
    DemoPage(int wantedPort, Consumer<Throwable> onError) {
        this.wantedPort = wantedPort;
        this.onError = onError;
    }

    Demo.OpenPage open(Configuration configuration, Bridge bridge, Store store, Clock clock) throws IOException {
        Path folder = Files.createTempDirectory("lightnvr-mqtt-demo");
        try {
            LoadedConfiguration loaded = LoadedConfiguration.single(configuration, List.of());
            RunningRecorder recorder =
                    new RunningRecorder(loaded.recorders().get(0), configuration, folder, store, bridge, clock);
            Page page = listen(PageOfProcess.single(new ConfigurationChoice(loaded, "the demo", folder), recorder));
            return new Demo.OpenPage("http://127.0.0.1:" + page.address().getPort() + "/", () -> {
                page.close();
                remove(folder);
            });
        } catch (IOException e) {
            remove(folder);
            throw e;
        }
    }

    private Page listen(PageOfProcess backend) throws IOException {
        try {
            return backend.open(door(wantedPort), onError);
        } catch (IOException e) {
            return backend.open(door(0), onError);
        }
    }

    private static PageSettings door(int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        return new PageSettings(address, Optional.empty(), false, PageSettings.BRIDGE);
    }

    private static void remove(Path folder) {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            // It lies among what the system removes by itself.
        }
    }
}
