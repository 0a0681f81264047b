package io.lightnvr.mqtt.demo.recorder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.demo.recorder.Account.Role;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Account ADMIN = Account.admin("admin", "s3:cret", "admin-key");
    private static final Account VIEWER = new Account("guest", "guest", "viewer-key", Role.VIEWER);
    private static final String RIGHT = "{\"username\":\"admin\",\"password\":\"s3:cret\"}";
    private static final String WRONG = "{\"username\":\"admin\",\"password\":\"secret\"}";

    private SimulatedRecorder recorder;
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        recorder = SimulatedRecorder.start(
                RecorderSetup.open().withAccounts(ADMIN, VIEWER).withTokens(() -> TOKEN));
        client = new TestClient(recorder);
    }

    @AfterEach
    void close() {
        recorder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/streams", "/api/streams/x/zones", "/api/settings", "/api/system/info"})
    void asksWhoWantsToKnow(String path) {
        assertThat(client.get(path)).isEqualTo(Captured.read("streams-unauthenticated-401"));
        assertThat(client.get(path, "X-API-Key", "no-key").status()).isEqualTo(401);
        assertThat(client.get(path, "X-API-Key", "admin-key").status()).isEqualTo(200);
    }

    @Test
    void showsDetectionsAndHealthToAnyone() {
        assertThat(client.get("/api/detection/results/x?end=4102444800").status())
                .isEqualTo(200);
        assertThat(client.get("/api/health").status()).isEqualTo(200);
    }

    @Test
    void verifiesAKey() {
        assertThat(client.get("/api/auth/verify", "X-API-Key", "admin-key"))
                .isEqualTo(Captured.read("auth-verify-200"));
        assertThat(client.get("/api/auth/verify", "Authorization", "Bearer admin-key"))
                .isEqualTo(Captured.read("auth-verify-200"));
    }

    @Test
    void verifiesAPassword() {
        assertThat(client.get("/api/auth/verify", "Authorization", basic("admin:s3:cret")))
                .isEqualTo(Captured.read("auth-verify-200"));
    }

    @Test
    void takesNothingElseForAPassword() {
        Captured refused = Captured.read("auth-verify-401");

        assertThat(client.get("/api/auth/verify")).isEqualTo(refused);
        assertThat(client.get("/api/auth/verify", "Authorization", basic("admin:secret")))
                .isEqualTo(refused);
        assertThat(client.get("/api/auth/verify", "Authorization", basic("admin")))
                .isEqualTo(refused);
        assertThat(client.get("/api/auth/verify", "Authorization", "Basic ###")).isEqualTo(refused);
        assertThat(client.get("/api/auth/verify", "Cookie", "session=" + TOKEN)).isEqualTo(refused);
    }

    @Test
    void logsInWithACookie() {
        Captured login = client.post("/api/auth/login", RIGHT);

        assertThat(login).isEqualTo(Captured.read("login-200"));
        assertThat(client.get("/api/auth/verify", "Cookie", "theme=dark; session=" + TOKEN))
                .isEqualTo(Captured.read("auth-verify-200"));
    }

    @Test
    void refusesAWrongPassword() {
        assertThat(client.post("/api/auth/login", WRONG)).isEqualTo(Captured.read("login-401"));
        assertThat(client.post("/api/auth/login", "no json").status()).isEqualTo(400);
        assertThat(client.post("/api/auth/login", "{\"username\":\"admin\"}").status())
                .isEqualTo(400);
    }

    @Test
    void forgetsItsSessionsWhenTold() {
        client.post("/api/auth/login", RIGHT);

        recorder.forgetSessions();

        assertThat(client.get("/api/streams", "Cookie", "session=" + TOKEN).status())
                .isEqualTo(401);
    }

    @Test
    void hidesFromAViewerWhatIsNotHis() {
        recorder.streams().add(SimulatedStream.running("front_door"));

        assertThat(client.get("/api/streams", "X-API-Key", "viewer-key").body())
                .contains("\"name\":\"front_door\",\"url\":\"\"");
        assertThat(client.get("/api/system/info", "X-API-Key", "viewer-key").status())
                .isEqualTo(403);
        assertThat(client.post("/api/motion/trigger", "{}", "X-API-Key", "viewer-key"))
                .isEqualTo(Captured.read("trigger-viewer-403"));
    }

    @Test
    void tellsItsVersionToAnAdministrator() {
        assertThat(client.get("/api/system/info", "X-API-Key", "admin-key").body())
                .startsWith("{\"version\":\"0.37.2\",");
    }

    @Test
    void takesAnyoneForAnAdministratorWithoutAccounts() throws IOException {
        try (SimulatedRecorder open = SimulatedRecorder.start(RecorderSetup.open())) {
            Captured answer = new TestClient(open).get("/api/auth/verify");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"role\":\"admin\",\"auth_enabled\":false");
        }
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(RecorderSetup.open().withAccounts(ADMIN).toString()).doesNotContain("s3:cret", "admin-key");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }
}
