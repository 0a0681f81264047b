package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.NativePublisher;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The streams of a source, with a login, without one and with a wrong one. */
class LightNvrStreamsTest {

    private static final StreamName FRONT_DOOR = new StreamName("front_door");

    private static final String STREAMS = "GET /api/streams";

    private final SourceBench bench = new SourceBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void listsEveryStreamWithItsZones() throws Exception {
        bench.recorder.enabled.put("disabled", false);
        bench.recorder.health.put("disabled", "up");
        bench.recorder.enabled.put("not running", true);
        bench.recorder.health.put("Back Yard", "down");
        bench.recorder.enabled.put("slow", true);
        bench.recorder.health.put("slow", "degraded");

        StreamList list = bench.source.streams();

        assertThat(list.complete()).isTrue();
        assertThat(online(list))
                .containsExactly("Back Yard -", "disabled -", "front_door +", "not running -", "slow +");
        assertThat(list.streams().get(2).zones().orElseThrow())
                .extracting(Zone::name)
                .containsExactly("entrance", "Einfahrt Süd", "off");
        assertThat(bench.log.lines()).isEmpty();
    }

    @Test
    void wantsToBeAskedSoonWhileAnEnabledStreamIsDown() throws Exception {
        bench.source.streams();
        bench.pass(60);
        assertThat(bench.source.streams().goodFor()).isEqualTo(Duration.ofSeconds(10));
        bench.recorder.health.put("front_door", "down");

        assertThat(bench.source.streams().goodFor()).isEqualTo(Duration.ofSeconds(3));
        bench.pass(60);
        assertThat(bench.source.streams().goodFor()).isEqualTo(Duration.ofSeconds(3));
        bench.recorder.enabled.put("front_door", false);
        assertThat(bench.source.streams().goodFor()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readsZonesOnceAMinuteAndKeepsThemWhereTheyCannotBeRead() throws Exception {
        bench.source.streams();
        bench.pass(59);
        bench.source.streams();
        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.endsWith("/zones"))
                .hasSize(2);
        bench.recorder.instead.put("/api/streams/", RawServer.answer("500 Internal Server Error", "{}"));
        bench.pass(1);

        StreamList list = bench.source.streams();

        assertThat(list.streams())
                .allMatch(stream -> stream.zones().orElseThrow().size() == 3);
        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.endsWith("/zones"))
                .hasSize(3);
    }

    @Test
    void readsTheZonesOfTheOtherStreamsTheNextTimeWhereThoseOfOneFail() throws Exception {
        bench.recorder.instead.put(
                "/api/streams/Back%20Yard/zones", RawServer.answer("500 Internal Server Error", "{}"));

        bench.source.streams();
        bench.pass(3);
        StreamList list = bench.source.streams();

        assertThat(list.streams().get(0).zones()).isEmpty();
        assertThat(list.streams().get(1).zones().orElseThrow()).hasSize(3);
    }

    @Test
    void readsTheZonesOfTheOtherStreamsWhereThoseOfOneAreUnreadable() throws Exception {
        bench.recorder.instead.put("/api/streams/Back%20Yard/zones", RawServer.ok("{\"zones\":[{\"name\":3}]}"));

        StreamList list = bench.source.streams();

        assertThat(list.streams().get(0).zones()).isEmpty();
        assertThat(list.streams().get(1).zones().orElseThrow()).hasSize(3);
    }

    @Test
    void asksForZonesThatTheRecorderRefusesOnceIn10Minutes() throws Exception {
        bench.withKey("key");
        bench.recorder.instead.put("/api/streams/", RawServer.answer("403 Forbidden", "{}"));

        StreamList list = bench.source.streams();

        bench.pass(599);
        bench.source.streams();
        assertThat(list.complete()).isTrue();
        assertThat(list.streams()).allMatch(stream -> stream.zones().isEmpty());
        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.endsWith("/zones"))
                .hasSize(2);
        assertThat(bench.source.refusals())
                .containsExactly(new Refusal(
                        Refusal.Lost.ZONES,
                        "The API key may not read zones: that needs the role User; zone names stay empty"));
        bench.pass(60);
        bench.recorder.instead.clear();
        assertThat(bench.source.streams().streams())
                .allMatch(stream -> stream.zones().isPresent());
        assertThat(bench.source.refusals()).isEmpty();
    }

    @Test
    void readsTheZonesOfTheOtherStreamsWhereThoseOfOneAreRefused() throws Exception {
        bench.recorder.instead.put("/api/streams/Back%20Yard/zones", RawServer.answer("403 Forbidden", "{}"));

        StreamList list = bench.source.streams();

        assertThat(list.streams().get(0).zones()).isEmpty();
        assertThat(list.streams().get(1).zones().orElseThrow()).hasSize(3);
    }

    @Test
    void goesOnWithTheRunningStreamsWithoutALogin() throws Exception {
        bench.recorder.believed = "key";
        bench.recorder.health.put("Back Yard", "down");

        StreamList first = bench.source.streams();
        bench.recorder.health.remove("Back Yard");
        bench.recorder.health.put("new", "up");
        StreamList second = bench.source.streams();

        assertThat(first.complete()).isFalse();
        assertThat(online(first)).containsExactly("Back Yard -", "front_door +");
        assertThat(online(second)).containsExactly("Back Yard -", "front_door +", "new +");
        assertThat(second.streams()).allMatch(stream -> stream.zones().isEmpty());
        bench.pass(3_540);
        bench.source.streams();
        assertThat(bench.recorder.asked()).filteredOn(STREAMS::equals).hasSize(1);
        bench.pass(60);
        bench.source.streams();
        assertThat(bench.recorder.asked()).filteredOn(STREAMS::equals).hasSize(2);
        assertThat(bench.source.refusals()).isEmpty();
        assertThat(bench.log.lines())
                .containsExactly(
                        "WARN The recorder shows zones and stopped streams only after a login: set nvr.api_key, or"
                                + " nvr.username and nvr.password; meanwhile the bridge reads what needs no login");
    }

    @Test
    void remembersABoundedNumberOfStreamsThatItIsNotShownAnyMore() throws Exception {
        bench.recorder.believed = "key";
        for (int round = 0; round < 3; round++) {
            bench.recorder.health.clear();
            for (int i = 0; i < 600; i++) {
                bench.recorder.health.put("round " + round + " cam " + i, "up");
            }
            bench.source.streams();
        }

        assertThat(bench.source.streams().streams())
                .hasSize(600)
                .allMatch(stream -> stream.name().raw().startsWith("round 2"));
    }

    @Test
    void saysThatTheKeyIsRefusedAndThatItIsAcceptedAgain() throws Exception {
        bench.withKey("key");
        bench.recorder.believed = "another";
        bench.source.streams();
        bench.source.streams();
        assertThat(bench.source.refusals())
                .containsExactly(
                        new Refusal(
                                Refusal.Lost.LOGIN,
                                "The recorder refuses the API key: check nvr.api_key; meanwhile the bridge reads what needs no login"));
        assertThat(bench.recorder.asked()).filteredOn(STREAMS::equals).hasSize(1);
        bench.recorder.believed = "key";
        bench.pass(600);

        StreamList list = bench.source.streams();

        assertThat(list.complete()).isTrue();
        assertThat(bench.source.refusals()).isEmpty();
    }

    @Test
    void neverLogsABody() throws Exception {
        bench.recorder.instead.put("/api/streams", RawServer.ok("[{\"name\":\"x\",\"url\":\"rtsp://joe:hunter2@cam\""));

        assertThatThrownBy(() -> bench.source.streams())
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThat(bench.log.lines()).noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void tellsNothingOldWhenADeletedStreamComesBack() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("found", 0);
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("not found before it was deleted", 0);
        deleteForTwoDays();

        assertThat(bench.pollAll(FRONT_DOOR)).isEmpty();
        bench.recorder.insert("new", 0);
        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("new");
    }

    @Test
    void catchesUpWhatADeletedStreamHadWhereThatIsNotTooOld() throws Exception {
        bench.catchUpMaxAge = Duration.ofDays(7);
        bench.restart();
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("found", 0);
        bench.poll(FRONT_DOOR);
        bench.recorder.insert("not found before it was deleted", 0);
        deleteForTwoDays();

        assertThat(bench.pollAll(FRONT_DOOR)).containsExactly("not found before it was deleted");
    }

    @Test
    void asksForTheCheckpointOfAStreamWhenItsWindowIsMade() throws Exception {
        bench.poll(FRONT_DOOR);
        bench.poll(FRONT_DOOR);
        assertThat(bench.askedFor).containsExactly(FRONT_DOOR);

        deleteForTwoDays();
        bench.poll(FRONT_DOOR);

        assertThat(bench.askedFor).containsExactly(FRONT_DOOR, FRONT_DOOR);
    }

    @Test
    void losesNothingWhenAStreamIsMissingFromOneListOnly() throws Exception {
        bench.source.streams();
        bench.poll(FRONT_DOOR);
        bench.recorder.enabled.remove("front_door");
        bench.source.streams();
        bench.recorder.insert("meanwhile", 0);
        bench.recorder.with("front_door");
        bench.source.streams();

        assertThat(SourceBench.labels(bench.poll(FRONT_DOOR))).containsExactly("meanwhile");
    }

    @Test
    void remembersAStreamThatIsOnlyNotShown() throws Exception {
        bench.recorder.believed = "key";
        bench.source.streams();
        bench.poll(FRONT_DOOR);
        bench.recorder.health.remove("front_door");
        bench.source.streams();
        bench.recorder.insert("new", 0);

        assertThat(SourceBench.labels(bench.poll(FRONT_DOOR))).containsExactly("new");
    }

    @Test
    void tellsHowTheNativePublisherIsSetUpWhereItMayKnow() throws Exception {
        assertThat(bench.source.nativePublisher())
                .hasValue(new NativePublisher(true, "127.0.0.1", 18883, "lightnvr", "native", true));
        bench.recorder.believed = "key";
        assertThat(bench.source.nativePublisher()).isEmpty();
    }

    private void deleteForTwoDays() throws Exception {
        bench.recorder.enabled.remove("front_door");
        bench.source.streams();
        bench.source.streams();
        bench.pass(2 * 86_400);
        bench.recorder.with("front_door");
        bench.source.streams();
    }

    private static List<String> online(StreamList list) {
        return list.streams().stream()
                .map(stream -> stream.name().raw() + (stream.online() ? " +" : " -"))
                .toList();
    }
}
