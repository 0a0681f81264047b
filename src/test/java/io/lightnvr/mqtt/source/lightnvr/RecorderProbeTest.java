package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Refusal;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderProbeTest {

    private final ScriptedRecorder recorder = new ScriptedRecorder().with("front_door");

    @AfterEach
    void close() {
        recorder.close();
    }

    @Test
    void findsThatDetectionsWantALogin() throws Exception {
        recorder.isScoped = true;
        recorder.believed = "key";
        try (RecorderProbe probe = probe(Optional.empty())) {
            assertThat(probe.streams()).isEmpty();
            assertThat(probe.lastDetection(new StreamName("front_door"), probe.health()))
                    .isEmpty();

            assertThat(probe.refusals()).extracting(Refusal::lost).containsExactly(Refusal.Lost.DETECTIONS);
        }
    }

    @Test
    void findsThatTheLoginMayNotReadZones() throws Exception {
        recorder.instead.put("/api/streams/front_door/zones", RawServer.answer("403 Forbidden", "{}"));
        try (RecorderProbe probe = probe(Optional.of("key"))) {
            assertThat(probe.streams().orElseThrow()).hasSize(1);

            assertThat(probe.refusals()).extracting(Refusal::lost).containsExactly(Refusal.Lost.ZONES);
        }
    }

    private RecorderProbe probe(Optional<String> apiKey) {
        return new RecorderProbe(
                new RecorderAccess(recorder.server.url(), Optional.empty(), apiKey), Clock.systemUTC());
    }
}
