package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.bridge.Heartbeat;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.LoadedConfiguration;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.Part;
import io.lightnvr.mqtt.status.PartStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One recorder's failure leaves the others alone; neither a recorder nor a broker is there. */
class RecordersTest {

    private static final String TWO = """
            mqtt: {broker_host: 127.0.0.1, broker_port: 9}
            recorders:
              - {name: house, url: 'http://127.0.0.1:9'}
              - {name: barn, url: 'http://127.0.0.1:9'%s}
            """;

    @TempDir
    private Path folder;

    private ConfigurationChoice choice(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("lightnvr-mqtt.yaml"), yaml);
        LoadedConfiguration loaded =
                ConfigurationReader.read(file, Optional.empty(), new RecorderFolders(folder).known());
        return new ConfigurationChoice(loaded, file.toString(), folder);
    }

    private static void awaitEnd(RunningRecorder recorder) {
        while (recorder.bridge().live().parts().stream()
                .noneMatch(part -> part.part() == Part.RECORDER
                        && part.condition() == PartStatus.Condition.OFFLINE
                        && part.sentence().contains("internal error"))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void runsAllThatCanBeOpened() throws Exception {
        try (ProcessLifetime lifetime = new ProcessLifetime();
                Recorders recorders = Recorders.open(choice(TWO.formatted("")), lifetime)) {
            recorders.start(Optional.of(new Heartbeat(folder.resolve("heartbeat"))));

            assertThat(recorders.opened()).extracting(RunningRecorder::name).containsExactly("house", "barn");
            assertThat(recorders.opened())
                    .extracting(RunningRecorder::folder)
                    .containsExactly(folder, folder.resolve("recorders/barn"));
            assertThat(recorders.areWorking()).isTrue();
            assertThat(recorders.troubles()).isEmpty();
        }
    }

    @Test
    void goesOnWithoutOneThatEndsByAnInternalError() throws Exception {
        try (ProcessLifetime lifetime = new ProcessLifetime();
                Recorders recorders = Recorders.open(choice(TWO.formatted("")), lifetime)) {
            recorders.start(Optional.empty());

            recorders.failed("barn", new IllegalStateException("Oops"));
            recorders.failed("barn", new IllegalStateException("Oops again"));

            awaitEnd(recorders.opened().get(1));
            assertThat(recorders.areWorking()).isTrue();
            assertThat(recorders.opened().get(0).bridge().isWorking()).isTrue();
            assertThat(recorders.troubles())
                    .extracting(Finding::toString)
                    .containsExactly(
                            "barn/bridge: has ended by an internal error: java.lang.IllegalStateException: Oops"
                                    + " -> report it as a bug, and restart the bridge");
            assertThat(lifetime.endsWithin(Duration.ZERO)).isFalse();

            recorders.failed("house", new IllegalStateException("Oops"));

            assertThat(lifetime.status()).isEqualTo(ExitStatus.BUG);
        }
    }

    @Test
    void goesOnWithoutOneWhoseEntryHasAMistake() throws Exception {
        try (ProcessLifetime lifetime = new ProcessLifetime();
                Recorders recorders = Recorders.open(choice(TWO.formatted(", min_confidence: 2")), lifetime)) {
            assertThat(recorders.opened()).extracting(RunningRecorder::name).containsExactly("house");
            assertThat(recorders.troubles())
                    .extracting(Finding::toString)
                    .containsExactly("barn/configuration: recorders[1].min_confidence: 2 is out of range"
                            + " -> use a number from 0 to 1, such as 0.5");

            lifetime.end();

            assertThat(lifetime.status()).isEqualTo(ExitStatus.USAGE);
        }
    }

    @Test
    void goesOnWithoutOneWhoseStoreIsInUse() throws Exception {
        try (ProcessLifetime lifetime = new ProcessLifetime();
                Recorders first = Recorders.open(choice(TWO.formatted("")), lifetime);
                Recorders second = Recorders.open(choice(TWO.formatted("")), lifetime)) {
            assertThat(first.opened()).hasSize(2);
            assertThat(second.opened()).isEmpty();
            assertThat(second.troubles()).hasSize(2).allMatch(one -> one.part().endsWith("/store"));
        }
    }

    @Test
    void sharedOptionsAreToldOnceAndOthersOfEach() throws Exception {
        ConfigurationChoice choice = choice(TWO.formatted(", labels: [person]"));
        try (ProcessLifetime lifetime = new ProcessLifetime();
                Recorders recorders = Recorders.open(choice, lifetime)) {
            PageOfProcess page = PageOfProcess.of(choice, recorders);

            assertThat(page.configuration())
                    .containsEntry("mqtt.broker_host", "127.0.0.1")
                    .containsEntry("recorders[0].topic_prefix", "lightnvr")
                    .containsEntry("recorders[1].topic_prefix", "lightnvr_barn")
                    .containsEntry("recorders[1].labels", "person")
                    .containsEntry("mqtt.client_id (barn)", "lightnvr-mqtt-barn")
                    .doesNotContainKey("recorders[0].labels");
            assertThat(page.anonymous("barn: lightnvr_barn is at http://nas.fritz.box"))
                    .doesNotContain("barn")
                    .doesNotContain("fritz");
            assertThat(page.left()).isEmpty();
        }
    }
}
