package io.lightnvr.mqtt.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SceneRunnerTest {

    @Test
    void beginsWhenEveryStreamIsWatchedAndEndsItsThread() throws IOException, InterruptedException {
        try (SimulatedRecorder recorder = SimulatedRecorder.start(RecorderSetup.open())) {
            BlockingQueue<StreamName> visible = new LinkedBlockingQueue<>();
            recorder.rows().addListener((stream, second, nanoTime) -> visible.add(stream));

            SceneRunner runner = SceneRunner.open(recorder, 1, 4);
            runner.beginWhenWatched();
            boolean early = !visible.isEmpty();
            for (String stream : List.of("front_door", "driveway", "Back%20Yard", "garden")) {
                get(recorder, "/api/detection/results/" + stream + "?end=4102444800");
            }
            StreamName first = visible.poll(60, TimeUnit.SECONDS);
            String detections = get(recorder, "/api/detection/results/front_door?end=4102444800");
            String zones = get(recorder, "/api/streams/front_door/zones");
            runner.close();
            runner.close();

            assertThat(early).isFalse();
            assertThat(first).isEqualTo(new StreamName("front_door"));
            assertThat(detections).contains("\"label\":\"person\"");
            assertThat(zones).contains("\"name\":\"entrance\"");
            Eventually.isSo(
                    "the end of its thread",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .noneMatch("scenes"::equals));
        }
    }

    private static String get(SimulatedRecorder recorder, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(recorder.url() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
