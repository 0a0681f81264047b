package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recorder that shows detections and pictures only to a login. */
class LightNvrAccessTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");
    private static final String COOKIE = "session=0123456789abcdef0123456789abcdef";
    private static final String LOGIN = "POST /api/auth/login";
    private static final String RESULTS = "GET /api/detection/results/";
    private static final String WANTS_LOGIN =
            "LightNVR 0.39 and later show detections only to a login: make a user with the role Viewer, and set"
                    + " nvr.username and nvr.password, or nvr.api_key";

    private final SourceBench bench = new SourceBench();

    @BeforeEach
    void wantALogin() {
        bench.recorder.isScoped = true;
        bench.recorder.believed = COOKIE;
        bench.recorder.instead.put("/go2rtc/", LightNvrPollTest.JPEG);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void readsDetectionsWithTheSessionOfItsLogin() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.source.streams();
        bench.poll(DOOR);
        bench.recorder.insert("person", 0);

        assertThat(SourceBench.labels(bench.poll(DOOR))).containsExactly("person");
        assertThat(bench.recorder.asked()).filteredOn(LOGIN::equals).hasSize(1);
        assertThat(bench.source.refusals()).isEmpty();
    }

    @Test
    void logsInOnceAnewForAPollWhenItsSessionHasEnded() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.source.streams();
        bench.poll(DOOR);
        bench.recorder.believed = "session=second";
        bench.recorder.login =
                RawServer.bytes("HTTP/1.1 200 OK\nSet-Cookie: session=second; Path=/\nContent-Length: 0\n\n");
        bench.recorder.insert("person", 0);

        assertThat(SourceBench.labels(bench.poll(DOOR))).containsExactly("person");

        assertThat(bench.recorder.asked()).filteredOn(LOGIN::equals).hasSize(2);
    }

    @Test
    void logsInForAPicture() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.recorder.instead.put("/go2rtc/", RawServer.answer("401 Unauthorized", "{}"));

        assertThatThrownBy(() -> bench.source.snapshot(DOOR)).isInstanceOf(SourceException.class);

        assertThat(bench.recorder.asked()).contains(LOGIN);
    }

    @Test
    void saysWhatToDoWithoutALoginAndAsksForDetectionsOnceIn10Minutes() throws Exception {
        bench.source.streams();
        assertRefused(DOOR, WANTS_LOGIN);
        assertRefused(DOOR, WANTS_LOGIN);
        bench.source.streams();
        bench.pass(599);
        assertRefused(DOOR, WANTS_LOGIN);

        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.startsWith(RESULTS))
                .hasSize(1);
        assertThat(bench.source.refusals()).containsExactly(new Refusal(Refusal.Lost.DETECTIONS, WANTS_LOGIN));
        bench.pass(1);
        assertRefused(DOOR, WANTS_LOGIN);
        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.startsWith(RESULTS))
                .hasSize(2);
        assertThat(bench.log.lines()).isEmpty();
    }

    @Test
    void pollsEveryStreamAtOnceWhenTheLoginWorks() throws Exception {
        bench.recorder.login = Captured.bytes("login-401");
        bench.withLogin("joe", "hunter2");
        bench.source.streams();
        assertRefused(DOOR, "The recorder refuses the login of joe");
        assertRefused(YARD, "The recorder refuses the login of joe");
        assertThat(bench.recorder.asked()).filteredOn(LOGIN::equals).hasSize(1);
        bench.recorder.login = Captured.bytes("login-200");
        bench.pass(600);

        bench.source.streams();

        assertThat(bench.source.refusals()).isEmpty();
        bench.poll(DOOR);
        bench.poll(YARD);
        assertThat(bench.recorder.asked()).filteredOn(LOGIN::equals).hasSize(2);
    }

    @Test
    void saysThatAnApiKeyHasExpiredAndGoesOnWhenItIsAcceptedAgain() throws Exception {
        bench.recorder.believed = "key";
        bench.withKey("key");
        bench.source.streams();
        bench.poll(DOOR);
        bench.poll(YARD);
        bench.recorder.believed = "another";
        String expired = "The recorder no longer accepts the API key: it has probably expired; make a new one and set"
                + " nvr.api_key";

        assertRefused(DOOR, expired);
        assertRefused(YARD, expired);
        assertThat(bench.source.refusals()).containsExactly(new Refusal(Refusal.Lost.DETECTIONS, expired));
        bench.recorder.believed = "key";
        bench.source.streams();

        assertThat(bench.source.refusals()).hasSize(1);
        bench.pass(600);
        bench.poll(DOOR);
        assertThat(bench.source.refusals()).isEmpty();
    }

    @Test
    void namesTheCameraThatIsOutsideTheScopeOfTheUser() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.recorder.instead.put("/api/detection/results/front_door", RawServer.answer("403 Forbidden", "{}"));
        bench.source.streams();
        String sentence =
                "The user joe may not see the detections of front_door: add the camera to its scope in LightNVR,"
                        + " or exclude it in detections.ignore_streams";

        assertRefused(DOOR, sentence);
        bench.poll(YARD);

        assertThat(bench.source.refusals()).containsExactly(new Refusal(Refusal.Lost.DETECTIONS, sentence));
        assertRefused(DOOR, sentence);
        assertThat(bench.recorder.asked())
                .filteredOn(line -> line.startsWith(RESULTS + "front_door"))
                .hasSize(1);
    }

    @Test
    void saysThatARoleMayNotReadZones() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.recorder.instead.put("/api/streams/", RawServer.answer("403 Forbidden", "{}"));

        bench.source.streams();

        assertThat(bench.source.refusals())
                .containsExactly(new Refusal(
                        Refusal.Lost.ZONES,
                        "The user joe may not read zones: that needs the role User; zone names stay empty"));
    }

    @Test
    void keepsAStreamThatIsHiddenFromTheUserUntilItIsGone() throws Exception {
        bench.recorder.role = "viewer";
        bench.withLogin("joe", "hunter2");
        StreamList before = bench.source.streams();
        bench.recorder.hidden.add("front_door");
        StreamList hidden = bench.source.streams();
        bench.recorder.enabled.remove("front_door");
        bench.pass(599);
        StreamList stillHidden = bench.source.streams();
        bench.pass(1);
        StreamList gone = bench.source.streams();

        assertThat(List.of(before, hidden, stillHidden, gone)).noneMatch(StreamList::complete);
        assertThat(before.streams().get(1).cameraUuid()).hasValue("uuid of front_door");
        assertThat(hidden.streams()).isEqualTo(before.streams());
        assertThat(stillHidden.streams()).isEqualTo(before.streams());
        assertThat(gone.names()).containsExactly(YARD);
        assertThat(gone.gone()).containsExactly(DOOR);
        assertThat(bench.source.streams().gone()).containsExactly(DOOR);
        bench.recorder.enabled.put("front_door", true);
        bench.recorder.hidden.clear();
        assertThat(bench.source.streams().streams()).isEqualTo(before.streams());
    }

    @Test
    void believesTheListOfAnAdministrator() throws Exception {
        bench.withLogin("joe", "hunter2");
        bench.source.streams();
        bench.recorder.enabled.remove("front_door");

        StreamList list = bench.source.streams();

        assertThat(list.complete()).isTrue();
        assertThat(list.names()).containsExactly(YARD);
    }

    @Test
    void noticesThatTheUserIsNoAdministratorAnyMore() throws Exception {
        bench.withLogin("joe", "hunter2");
        assertThat(bench.source.streams().complete()).isTrue();
        bench.recorder.role = "viewer";
        bench.recorder.hidden.add("front_door");

        StreamList list = bench.source.streams();

        assertThat(list.complete()).isFalse();
        assertThat(list.names()).containsExactly(YARD, DOOR);
    }

    @Test
    void doesNotTakeAnEmptyListForCompleteWithoutKnowingWhoAsks() throws Exception {
        bench.recorder.role = "viewer";
        bench.recorder.hidden.addAll(List.of("front_door", "Back Yard"));
        bench.withLogin("joe", "hunter2");

        assertThat(bench.source.streams().complete()).isFalse();
    }

    private void assertRefused(StreamName stream, String sentence) {
        assertThatThrownBy(() -> bench.source.poll(stream, true))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refusal -> assertThat(refusal.isRefusal()).isTrue())
                .hasMessageStartingWith(sentence);
    }
}
