package io.lightnvr.mqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonCodeTest {

    @Test
    void isARefusalFrom128Up() {
        assertThat(new ReasonCode(0x10).isRefusal()).isFalse();
        assertThat(new ReasonCode(0x80).isRefusal()).isTrue();
    }

    @Test
    void speaksPlainly() {
        assertThat(new ReasonCode(0x10)).hasToString("no subscribers");
        assertThat(ReasonCode.NOT_AUTHORIZED).hasToString("not authorized");
        assertThat(new ReasonCode(0xEE)).hasToString("reason code 238");
    }

    @Test
    void knowsWhatCanNeverBeAccepted() {
        assertThat(ReasonCode.PACKET_TOO_LARGE.refusesPayload()).isTrue();
        assertThat(ReasonCode.QUOTA_EXCEEDED.refusesPayload()).isFalse();
    }
}
