package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account.Role;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask what of a recorder of the second generation. */
class RecorderRightsTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final StreamName YARD = new StreamName("yard");

    private SimulatedRecorder recorder;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        recorder = SimulatedRecorder.start(RecorderSetup.open()
                .onPort(Ports.free())
                .of(Generation.V0_47)
                .withAccounts(
                        Account.admin("root", "secret", "rootkey"),
                        new Account("anna", "secret", "viewerkey", Role.VIEWER),
                        new Account("ben", "secret", "userkey", Role.USER)));
        client = new TestClient(recorder);
        recorder.setPictures(true);
        recorder.streams().add(SimulatedStream.running("door"));
        recorder.streams().add(SimulatedStream.running("yard"));
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/health, 200, 200, 200, 200",
        "/api/detection/results/door?end=4102444800, 401, 200, 200, 200",
        "/go2rtc/api/frame.jpeg?src=door, 401, 200, 200, 200",
        "/api/streams, 401, 200, 200, 200",
        "/api/streams/door/zones, 401, 403, 200, 200",
        "/api/settings, 401, 403, 403, 200",
        "/api/system/info, 401, 403, 403, 200",
    })
    void eachRoleMayAskWhatItsRightsAllow(String path, int nobody, int viewer, int user, int admin) {
        assertThat(client.get(path).status()).isEqualTo(nobody);
        assertThat(client.get(path, "X-API-Key", "viewerkey").status()).isEqualTo(viewer);
        assertThat(client.get(path, "X-API-Key", "userkey").status()).isEqualTo(user);
        assertThat(client.get(path, "X-API-Key", "rootkey").status()).isEqualTo(admin);
    }

    @Test
    void aUserSeesOnlyTheCamerasOfItsScope() {
        recorder.setScope("anna", Set.of(DOOR));

        assertThat(client.get("/api/streams", "X-API-Key", "viewerkey").body())
                .contains("\"door\"")
                .doesNotContain("\"yard\"");
        assertThat(client.get("/api/detection/results/yard?end=4102444800", "X-API-Key", "viewerkey")
                        .status())
                .isEqualTo(403);
        assertThat(client.get("/api/streams", "X-API-Key", "rootkey").body()).contains("\"yard\"");
    }

    @Test
    void aKeyExpiresAndAPasswordMustBeChanged() {
        recorder.expireKey("anna");
        recorder.requireNewPassword("ben");

        assertThat(client.get("/api/streams", "X-API-Key", "viewerkey").status())
                .isEqualTo(401);
        assertThat(client.post("/api/auth/login", "{\"username\":\"ben\",\"password\":\"secret\"}")
                        .status())
                .isEqualTo(401);
        assertThat(client.post("/api/auth/login", "{\"username\":\"root\",\"password\":\"secret\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRenamedStreamKeepsItsRowsItsZonesAndItsCamera() {
        recorder.streams().setZones(DOOR, SimulatedZone.rectangle("z1", "entrance", 0, 0, 1, 1));
        recorder.rows().insertFrame(DOOR, recorder.clock().second(), SimulatedRow.wholePicture("cat", 0.5f));
        String camera = recorder.streams().uuid(DOOR);

        StreamName porch = new StreamName("porch");
        recorder.rename(DOOR, porch);

        assertThat(recorder.streams().uuid(porch)).isEqualTo(camera);
        assertThat(client.get("/api/streams", "X-API-Key", "rootkey").body())
                .contains("{\"name\":\"porch\",\"camera_uuid\":\"" + camera + "\",")
                .doesNotContain("\"door\"");
        assertThat(client.get("/api/detection/results/porch?end=4102444800", "X-API-Key", "rootkey")
                        .body())
                .contains("\"cat\"");
        assertThat(client.get("/api/streams/porch/zones", "X-API-Key", "rootkey")
                        .body())
                .contains("entrance");
        assertThat(recorder.streams().uuid(YARD)).isNotEqualTo(camera);
    }
}
