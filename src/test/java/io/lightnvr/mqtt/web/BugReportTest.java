package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.FakeBridge.DOOR;
import static io.lightnvr.mqtt.web.FakeBridge.NOW;
import static io.lightnvr.mqtt.web.FakeBridge.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BugReportTest {

    @TempDir
    private Path folder;

    private final FakeBridge bridge = new FakeBridge();

    private String text() {
        return new BugReport(List.of(bridge.watched(bridge.history(folder))), bridge.log, bridge, bridge.clock).text();
    }

    @Test
    void tellsAllThatHelps() {
        bridge.hasStreams(
                new StreamStatus.Camera(DOOR, true, false, List.of(FakeBridge.zone("Porch"))),
                new StreamStatus.Camera(YARD, false, true, List.of()));
        bridge.live.shows(DOOR, List.of("person"), Set.of());
        bridge.live.part(Part.BROKER, PartStatus.Condition.OFFLINE, "The broker is away");
        bridge.board.replaceFindings("broker", List.of(Finding.failed("broker", "is away", "start it")));
        bridge.board.error("The broker is away");
        bridge.waiting = new PageBackend.Waiting(5, Optional.of(NOW), 4);
        bridge.configuration.put("mqtt.password", "(hidden)");
        bridge.log.add(new LogLines.Line("2026-11-29 06:31:23.123", "WARN", "The stream Front Door is gone"));

        assertThat(text().lines())
                .contains(
                        "started 2026-11-29T06:31:23.000Z, now 2026-11-29T06:31:23.123Z",
                        "recorder: unknown since the start",
                        "broker: offline since 2026-11-29T06:31:23.123Z The broker is away",
                        "stream-1: online, 1 zones, shows [person]",
                        "yard: gone, 0 zones, shows []",
                        "broker: is away -> start it",
                        "seen 0, published 0, visits 0, missed 0, dropped 4, refused 0",
                        "waiting 5, oldest since 2026-11-29T06:31:23.123Z",
                        "last error: The broker is away",
                        "mqtt.password: (hidden)",
                        "2026-11-29 06:31:23.123 WARN The stream stream-1 is gone")
                .first()
                .asString()
                .startsWith("LightNVR MQTT 0.3.0, Java ");
    }

    @Test
    void isThereBeforeAnythingHasHappened() {
        assertThat(text()).contains("Streams\n-------\n", "waiting 0, oldest since -", "last error: -");
    }
}
