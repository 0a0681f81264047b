package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.publish.EventRenderer;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.web.PageBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageOfBridgeTest {

    @TempDir
    private Path folder;

    private static final StreamName DOOR = new StreamName("front_door");

    private Store store;
    private Bridge bridge;
    private PageOfBridge page;
    private PageOfProcess process;

    @BeforeEach
    void wire() throws ConfigurationException {
        wire("http://nas.fritz.box:8080");
    }

    private void wire(String recorder) throws ConfigurationException {
        Configuration configuration = ConfigurationReader.defaults(recorder).configuration();
        Clock clock = Bridge.clock();
        store = new MemoryStore(Bridge.limits(configuration), clock);
        bridge = new Bridge(configuration, store, clock, fault -> {});
        LoadedConfiguration loaded = LoadedConfiguration.single(configuration, List.of());
        RunningRecorder running =
                new RunningRecorder(loaded.recorders().get(0), configuration, folder, store, bridge, clock);
        page = new PageOfBridge(running);
        process = PageOfProcess.single(new ConfigurationChoice(loaded, "a test", folder), running);
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    private static StreamStatus.Camera camera(String name, String zone) {
        Zone area = new Zone("zone-7f", zone, true, List.of(), Set.of(), 0);
        return new StreamStatus.Camera(new StreamName(name), true, false, List.of(area));
    }

    @Test
    void knowsItself() {
        assertThat(page.about().topicPrefix()).isEqualTo("lightnvr");
        assertThat(page.about().types()).startsWith("person").endsWith("motion", "other");
        assertThat(process.configuration()).containsEntry("nvr.url", "http://nas.fritz.box:8080");
        assertThat(page.waiting().waiting()).isZero();
        assertThat(page.waiting().oldest()).isEmpty();
        assertThat(page.isWorking()).as("before the start").isFalse();
    }

    @Test
    void theOldestThatWaitsWaitsSinceOneAndTheSameTime() {
        DetectionEvent event = new DetectionEvent(
                DOOR, 1, List.of(new Detection("person", 0.9f, Box.whole(), "", "", 1)), Instant.now());
        store.add(DOOR, List.of(new EventRenderer("lightnvr", EventGroups.standard()).render(event)), Optional.empty());
        PageBackend.Waiting first = page.waiting();

        assertThat(first.waiting()).isEqualTo(1);
        assertThat(first.oldest()).isPresent();
        for (int i = 0; i < 1_000; i++) {
            assertThat(page.waiting()).isEqualTo(first);
        }
    }

    @Test
    void tellsWhyTheRecorderGivesNoPicture() throws Exception {
        int[] status = {200};
        byte[] large = new byte[SnapshotSource.MAX_BYTES + 1];
        HttpServer recorder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        recorder.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status[0], status[0] == 200 ? large.length : -1);
            try (exchange) {
                if (status[0] == 200) {
                    exchange.getResponseBody().write(large);
                }
            }
        });
        recorder.start();
        close();
        wire("http://127.0.0.1:" + recorder.getAddress().getPort());
        try {
            assertThatThrownBy(() -> page.picture(DOOR))
                    .isInstanceOf(PageBackend.ActionException.class)
                    .hasMessageContaining("with more than 1024 KiB");
            status[0] = 404;
            assertThat(page.picture(DOOR)).isEmpty();
            status[0] = 403;
            assertThatThrownBy(() -> page.picture(DOOR))
                    .hasMessage("The recorder refuses pictures to the bridge's login");
        } finally {
            recorder.stop(0);
        }
    }

    @Test
    void aReportNamesNoStreamNorZoneNorHost() {
        LiveStatus live = bridge.live();
        live.cameras(List.of(camera("Back Yard", "Omas Beet"), camera("mqtt", "person")));
        String key = new StreamName("Back Yard").key();

        String report = process.anonymous("""
                Back Yard: online, 1 zones, shows [person]
                nvr.url: http://nas.fritz.box:8080
                mqtt.topic_prefix: lightnvr
                2026-11-29 07:01:35.123 INFO [Back Yard] is in Omas Beet
                lightnvr/state/%s and lightnvr/detections/Back_Yard
                0.37.2""".formatted(key));

        assertThat(report).isEqualTo("""
                stream-1: online, 1 zones, shows [person]
                nvr.url: http://recorder-1:8080
                mqtt.topic_prefix: lightnvr
                2026-11-29 07:01:35.123 INFO [stream-1] is in zone-1
                lightnvr/state/stream-1 and lightnvr/detections/stream-1
                0.37.2""");
    }

    @Test
    void aReportDoesNotNameAStreamThatIsGoneEither() {
        LiveStatus live = bridge.live();
        live.cameras(List.of(camera("Back Yard", "Omas Beet")));
        live.cameras(List.of());
        live.renamed(new StreamName("Oma"), new StreamName("Opa"));

        assertThat(process.anonymous("The stream Back Yard is gone; The stream Oma is called Opa now; Omas Beet"))
                .isEqualTo("The stream stream-1 is gone; The stream stream-2 is called stream-3 now; zone-1");
    }

    @Test
    void hidesAHostileNameAsItIsLogged() {
        StreamName hostile = new StreamName("Back\nYard\u202e");
        bridge.live().cameras(List.of(new StreamStatus.Camera(hostile, true, false, List.of())));

        assertThat(process.anonymous(hostile + " and " + hostile.raw() + " and " + hostile.displayName()))
                .isEqualTo("stream-1 and stream-1 and stream-1");
    }
}
