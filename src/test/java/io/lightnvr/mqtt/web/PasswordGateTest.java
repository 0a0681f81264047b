package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordGateTest {

    private static final InetAddress HERE = Heads.address("192.168.1.2");
    private static final InetAddress THERE = Heads.address("192.168.1.3");
    private static final String PASSWORD = "pass:wörd";

    private final ManualNanos clock = new ManualNanos();
    private final PasswordGate gate = new PasswordGate(PASSWORD, clock);

    @Test
    void letsInWhoeverKnowsThePassword() {
        assertThat(gate.refusal(HERE, basic("anybody", PASSWORD))).isEmpty();
        assertThat(gate.refusal(HERE, basic("", PASSWORD))).isEmpty();
        assertThat(gate.refusal(HERE, basic("x", PASSWORD).map(text -> text.replace("Basic", "bAsIC "))))
                .isEmpty();
    }

    @Test
    void asksTheBrowserForIt() {
        Answer refusal = gate.refusal(HERE, Optional.empty()).orElseThrow();

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.headers())
                .containsEntry("WWW-Authenticate", "Basic realm=\"LightNVR MQTT\", charset=\"UTF-8\"");
        assertThat(Answers.error(refusal)).isEqualTo("The page asks for its password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ", "Basic ***", "Basic eA==", "Bearer eDp4", "Basic x:pass:wörd"})
    void whatIsNoPasswordIsNoTry(String authorization) {
        for (int i = 0; i < 10; i++) {
            assertThat(status(HERE, Optional.of(authorization))).isEqualTo(401);
        }
        assertThat(status(HERE, basic("x", PASSWORD))).isZero();
    }

    @Test
    void whoIsWrongFiveTimesInARowMustPauseForLongerEachTime() {
        for (int i = 0; i < 5; i++) {
            assertThat(status(HERE, basic("x", "wrong"))).isEqualTo(401);
        }
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            Answer refusal = gate.refusal(HERE, basic("x", PASSWORD)).orElseThrow();
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(refusal.headers()).containsEntry("Retry-After", "" + seconds);
            assertThat(Answers.error(refusal))
                    .isEqualTo("The password was wrong too often: try again in " + seconds + " s");
            clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(status(HERE, basic("x", PASSWORD))).isEqualTo(429);
            clock.advance(Duration.ofNanos(1));
            assertThat(status(HERE, basic("x", "wrong"))).isEqualTo(401);
        }
    }

    @Test
    void aRightOneEndsTheRow() {
        wrong(HERE, 5);
        clock.advance(Duration.ofSeconds(1));
        assertThat(status(HERE, basic("x", PASSWORD))).isZero();

        wrong(HERE, 4);

        assertThat(status(HERE, basic("x", PASSWORD))).isZero();
    }

    @Test
    void onlyTheAddressThatWasWrongMustPause() {
        wrong(HERE, 5);

        assertThat(status(HERE, basic("x", PASSWORD))).isEqualTo(429);
        assertThat(status(THERE, basic("x", PASSWORD))).isZero();
    }

    @Test
    void theAddressesOfAnIpv6NetworkCountAsOne() {
        for (int i = 0; i < 5; i++) {
            wrong(Heads.address("2001:db8::" + i), 1);
        }

        assertThat(status(Heads.address("2001:db8::ffff"), basic("x", PASSWORD)))
                .isEqualTo(429);
        assertThat(status(Heads.address("2001:db8:0:1::1"), basic("x", PASSWORD)))
                .isZero();
    }

    @Test
    void manyAddressesTogetherHaveAHundredTriesAndThenOneASecond() {
        assertThat(status(THERE, basic("x", PASSWORD))).isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(status(Heads.address("10.0.0." + i), basic("x", "wrong")))
                    .isEqualTo(401);
        }

        InetAddress unknown = Heads.address("10.0.1.1");
        assertThat(status(unknown, basic("x", PASSWORD))).isEqualTo(429);
        assertThat(status(THERE, basic("x", PASSWORD))).as("one that knew it").isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(status(unknown, basic("x", "wrong"))).isEqualTo(401);
        assertThat(status(Heads.address("10.0.1.2"), basic("x", "wrong"))).isEqualTo(429);
        clock.advance(Duration.ofHours(1));
        assertThat(status(unknown, basic("x", PASSWORD))).isZero();
    }

    @Test
    void remembersAThousandAddresses() {
        wrong(HERE, 5);
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofNanos(1));
            status(Heads.address("10.1." + i / 250 + "." + i % 250), basic("x", PASSWORD));
        }

        assertThat(status(HERE, basic("x", PASSWORD))).as("forgotten").isZero();
    }

    private void wrong(InetAddress peer, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(status(peer, basic("x", "wrong"))).isEqualTo(401);
        }
    }

    private int status(InetAddress peer, Optional<String> authorization) {
        return gate.refusal(peer, authorization).map(Answer::status).orElse(0);
    }

    private static Optional<String> basic(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(both));
    }
}
