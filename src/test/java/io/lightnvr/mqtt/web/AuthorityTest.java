package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "192.168.1.2:8099",
                "[::1]",
                "[::1]:8099",
                "[fe80::1:2]:80",
                "localhost",
                "LOCALHOST:1"
            })
    void anAddressAndLocalhostCannotBePointedElsewhere(String host) {
        assertThat(Authority.of(host))
                .hasValueSatisfying(it -> assertThat(it.isAddressOrLocalhost()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "localhost.",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "1.2.3",
                "256.1.1.1",
                "2130706433",
                "0x7f.1",
                "1.2.3.4.",
                "a"
            })
    void anyNameCan(String host) {
        assertThat(Authority.of(host))
                .hasValueSatisfying(it -> assertThat(it.isAddressOrLocalhost()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":",
                ":80",
                "a:",
                "a:b",
                "a:123456",
                "a b",
                "a/b",
                "a@b",
                "[::1",
                "::1",
                "[x]",
                "a,b",
                "ü",
                "http://a",
                "a\n"
            })
    void otherTextsAreNoHost(String text) {
        assertThat(Authority.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org:8099, http://example.org:8099",
        "Example.ORG:8099, http://example.org:8099",
        "example.org, https://example.org",
        "example.org, http://example.org",
        "example.org:443, https://example.org",
        "example.org:80, http://example.org",
        "example.org, https://example.org:443",
        "[::1]:8099, http://[::1]:8099",
    })
    void knowsThePagesOfItsOwn(String host, String origin) {
        assertThat(Authority.of(host).orElseThrow().isOf(origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org:8099, http://example.org",
        "example.org:8099, http://example.org:8098",
        "example.org, http://example.org:8099",
        "example.org, http://example.org.evil.net",
        "example.org, http://evil.net",
        "example.org, http://example.org/",
        "example.org, http://a@example.org",
        "example.org, ftp://example.org",
        "example.org, example.org",
        "example.org, null",
        "example.org:80, https://example.org",
    })
    void knowsThePagesOfOthers(String host, String origin) {
        assertThat(Authority.of(host).orElseThrow().isOf(origin)).isFalse();
    }
}
