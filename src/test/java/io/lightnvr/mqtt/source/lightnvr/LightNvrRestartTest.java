package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Beginning;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that ends, and another one that goes on with its checkpoints, over HTTP. */
class LightNvrRestartTest {

    private static final StreamName FRONT_DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");

    private final SourceBench bench = new SourceBench();

    @BeforeEach
    void tellSomething() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("found", 0);
        bench.poll(FRONT_DOOR);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void goesOnWhereItWas() throws Exception {
        bench.pass(1_000);
        bench.recorder.insert("missed", 500);
        bench.recorder.insert("fresh", 0);
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactlyInAnyOrder("missed", "fresh");
        assertThat(bench.pollAll(FRONT_DOOR)).isEmpty();
        assertThat(bench.log.lines()).isEmpty();
    }

    @Test
    void leavesWhatWasMissedWithTheRecorderUntilItMayBeCaughtUp() throws Exception {
        bench.pass(1_000);
        bench.recorder.insert("missed", 500);
        bench.recorder.insert("fresh", 0);
        bench.restart();

        DetectionSource.Poll poll = bench.source.poll(FRONT_DOOR, false);
        poll.commit();

        assertThat(poll.events())
                .flatExtracting(DetectionEvent::detections)
                .extracting(Detection::label)
                .containsExactly("fresh");
        assertThat(poll.more()).isFalse();
        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("missed");
    }

    @Test
    void tellsAgainWhatWasNotKept() throws Exception {
        bench.recorder.insert("not kept", 0);
        bench.source.poll(FRONT_DOOR, true).commit();
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("not kept");
    }

    @Test
    void goesOnOverTheBeginOfSummerTimeMeanwhile() throws Exception {
        bench.pass(7_200);
        bench.recorder.zoneSeconds += 3_600;
        bench.recorder.insert("missed", 1_000);
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("missed");
    }

    /** Our clock is a year off, so that the zone follows from a running stream only. */
    @Test
    void neitherLosesNorRepeatsWhereTheZoneIsKnownOnlyLater() throws Exception {
        Map<String, String> running = Map.copyOf(bench.recorder.health);
        bench.recorder.health.clear();
        bench.pass(100);
        bench.recorder.insert("missed", 20);
        bench.restart();
        List<String> found = new ArrayList<>(bench.pollAll(FRONT_DOOR));
        bench.recorder.health.putAll(running);
        bench.source.streams();
        for (int i = 0; i < 3; i++) {
            bench.pass(30);
            bench.recorder.insert("new", 0);
            found.addAll(bench.pollAll(FRONT_DOOR));
        }

        assertThat(found).containsExactly("missed", "new", "new", "new");
    }

    @Test
    void goesOnWithARecorderThatWasReinstalledWithAnEmptyDatabase() throws Exception {
        bench.pass(5);
        bench.recorder.rows.rows().clear();
        bench.recorder.insert("new", 0);
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("new");
    }

    @Test
    void beginsANewStreamAtNowWhereOthersAreKnown() throws Exception {
        bench.restart();

        assertThat(bench.pollAll(YARD)).isEmpty();
        bench.recorder.insert("new", 0);
        assertThat(bench.pollAll(YARD)).containsExactly("new");
    }

    @Test
    void beginsAMinuteAgoWhereTheMemoryWasLost() throws Exception {
        bench.pass(100);
        bench.recorder.insert("within", 50);
        bench.kept.clear();
        bench.beginning = Beginning.AT_LOOK_BACK;
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("within");
        assertThat(bench.pollAll(FRONT_DOOR)).isEmpty();
    }

    @Test
    void saysOnceThatACheckpointCannotBeUnderstoodAndBeginsAMinuteAgo() throws Exception {
        bench.pass(100);
        bench.recorder.insert("within", 50);
        bench.kept.put(FRONT_DOOR, new Checkpoint("version=9 \u001b[31m", SeenRows.NONE));
        bench.restart();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("within");
        assertThat(bench.pollAll(FRONT_DOOR)).isEmpty();
        assertThat(bench.log.lines())
                .containsExactly(
                        "WARN The checkpoint of front_door is damaged or of another version: its detections are"
                                + " read again from a minute ago, and some may be published twice");
    }

    @Test
    void hasACheckpointAsSoonAsThereIsSomethingToRemember() throws Exception {
        bench.recorder.instead.put("/api/detection", RawServer.ok("{\"detections\":[],\"timestamp\":\"?\"}"));
        DetectionSource.Poll unnamed = bench.source.poll(new StreamName("x".repeat(300)), true);

        assertThat(unnamed.checkpoint()).isEmpty();
        assertThat(bench.source.poll(YARD, true).checkpoint().map(Checkpoint::seen))
                .hasValue(SeenRows.NONE);
        assertThat(bench.kept.get(FRONT_DOOR).seen().size()).isEqualTo(1);
    }

    @Test
    void givesTheSameRowsAgainWhereNothingWasFound() throws Exception {
        bench.pass(2);

        Optional<Checkpoint> quiet = bench.source.poll(FRONT_DOOR, true).checkpoint();

        assertThat(quiet.orElseThrow().seen())
                .isSameAs(bench.kept.get(FRONT_DOOR).seen());
        assertThat(quiet.orElseThrow().position())
                .isNotEqualTo(bench.kept.get(FRONT_DOOR).position());
    }
}
