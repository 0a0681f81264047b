package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTest {

    private final Token token = new Token();

    @Test
    void isItselfAlone() {
        assertThat(token.is(token.text())).isTrue();
        assertThat(token.is("")).isFalse();
        assertThat(token.is(token.text() + " ")).isFalse();
        assertThat(token.is(new Token().text())).isFalse();
    }

    @Test
    void has32BytesThatMayStandInHtmlAndInAHeader() {
        assertThat(token.text()).matches("[A-Za-z0-9_-]{43}");
    }
}
