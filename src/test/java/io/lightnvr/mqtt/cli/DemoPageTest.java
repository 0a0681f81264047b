package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.demo.Demo;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class DemoPageTest {

    private final HttpClient client = HttpClient.newHttpClient();

    private String html(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void opensOnAFreePortIfTheWantedOneIsTaken() throws Exception {
        Configuration configuration =
                ConfigurationReader.defaults("http://localhost:9").configuration();
        Clock clock = Bridge.clock();
        Store store = new MemoryStore(Bridge.limits(configuration), clock);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Bridge bridge = new Bridge(configuration, store, clock, fault -> {})) {
            DemoPage wanted = new DemoPage(taken.getLocalPort(), fault -> {});

            Demo.OpenPage page = wanted.open(configuration, bridge, store, clock);

            assertThat(page.address()).startsWith("http://127.0.0.1:").doesNotContain(":" + taken.getLocalPort());
            assertThat(html(page.address())).contains("content=\"bridge\"");

            page.close().run();

            assertThatThrownBy(() -> html(page.address())).isInstanceOf(IOException.class);
        }
    }
}
