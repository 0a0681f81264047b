package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    private final Pseudonyms pseudonyms = new Pseudonyms();

    @Test
    void replacesANameInAllItsSpellingsByOneAndTheSame() {
        pseudonyms
                .hide("stream", "Back Yard", "Back_Yard", "Back_Yard-1a2b3c4d")
                .hide("stream", "Porch");

        assertThat(pseudonyms.apply(
                        "[Back Yard] Back_Yard lightnvr/state/Back_Yard-1a2b3c4d /Back%20Yard?x /Back+Yard Porch"))
                .isEqualTo("[stream-1] stream-1 lightnvr/state/stream-1 /stream-1?x /stream-1 stream-2");
        assertThat(pseudonyms.apply("binary_sensor.back_yard_person, BACK YARD"))
                .isEqualTo("binary_sensor.stream-1_person, stream-1");
    }

    @Test
    void replacesWholeWordsAlone() {
        pseudonyms.hide("stream", "yard").hide("stream", "(Tür)").hide("zone", "Ostern");

        assertThat(pseudonyms.apply("yard, backyard, yardstick, yards; x(Tür)y; Ostern Österns Ostern's"))
                .isEqualTo("stream-1, backyard, yardstick, yards; xstream-2y; zone-1 Österns zone-1's");
    }

    @Test
    void theLongerNameGoesFirst() {
        pseudonyms.hide("stream", "Garden").hide("stream", "Garden Gate");

        assertThat(pseudonyms.apply("Garden Gate and Garden")).isEqualTo("stream-2 and stream-1");
    }

    @Test
    void aNameMayBeAnything() {
        pseudonyms.hide("stream", "a.*\\E$1[").hide("stream", "\u0130stanbul").hide("stream", "\uD83D\uDC36 Rex");

        assertThat(pseudonyms.apply("a.*\\E$1[ aXX \u0130stanbul \uD83D\uDC36 Rex"))
                .doesNotContain("$1", "stanbul", "Rex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "...",
                "1",
                "2026",
                "x",
                "person",
                "Online",
                "mqtt",
                "MQTT",
                "the",
                "lightnvr",
                "stream"
            })
    void aNameThatTellsOfNobodyLeavesTheTextReadable(String name) {
        String text = "2026-11-29 07:01:35.100 INFO The stream 1 is online: x mqtt.host, person (lightnvr/state) ... -";

        assertThat(pseudonyms
                        .keep(List.of("mqtt.host", "person"))
                        .hide("stream", name)
                        .apply(text))
                .isEqualTo(text);
    }

    @Test
    void theWordsOfOptionsStay() {
        pseudonyms.keep(List.of("home_assistant.clear_after")).hide("stream", "home", "Assistant");

        assertThat(pseudonyms.apply("home_assistant.clear_after: 30s")).isEqualTo("home_assistant.clear_after: 30s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "07:01:35",
                "2026-11-29 07:01:35.123",
                "2026-11-29T07:01:35.123Z",
                "LightNVR MQTT 0.37.2, Java 21.0.4, Linux amd64",
                "0.3.0-rc.1",
                "nvr.url",
                "mqtt.tls_ca_file: /ssl/ca.pem",
                "home_assistant.instance_id",
                "web.bind: 127.0.0.1",
                "http://localhost:8080/api",
                "http://[::1]:8080/",
                "core-mosquitto:1883",
                "http://supervisor/core",
                "http://a0d7b954-lightnvr:8080",
                "java.net.ConnectException: Connection refused",
                "java.io.IOException: gone",
                "Caused by: java.net.UnknownHostException",
                "at io.lightnvr.mqtt.Main.main(Main.java:12)",
                "at java.base/java.net.Socket.connect(Socket.java:751)",
                "at Broker::connect",
                "lightnvr/detections/+/person",
                "visits.jsonl and ledger.db",
                "binary_sensor.camera_person",
                "a ratio of 1:2:3:4",
                "10:20:30 until 11:20:30",
                "6c84fb90-12c4-11e1-840d-7b25c5ee775a",
                "e.g. 12.5 ms",
                "events in each minute: 0 0 0 1 12"
            })
    void leavesWhatTellsOfNobody(String text) {
        assertThat(pseudonyms.apply(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    192.168.1.20                              | address-1
                    192.168.1.20:1883                         | address-1:1883
                    at 192.168.1.20.                          | at address-1.
                    x=192.168.1.20_2                          | x=address-1_2
                    fe80::1                                   | address-1
                    fe80::1%eth0                              | address-1
                    (fd00::5)                                 | (address-1)
                    2001:db8::8a2e:370:7334                   | address-1
                    2001:DB8:0:0:8:800:200C:417A              | address-1
                    ::ffff:192.168.1.20                       | address-1
                    64:ff9b::192.168.1.20                     | address-1
                    [fe80::1]:1883                            | [address-1]:1883
                    http://[2001:db8::1]:8080/x               | http://address-1:8080/x
                    aa:bb:cc:dd:ee:ff                         | address-1
                    AA-BB-CC-DD-EE-FF                         | address-1
                    hans.meier+nvr@example.org                | address-1
                    jörg@müller.de                            | address-1
                    hans@nas                                  | address-1
                    nas.fritz.box                             | address-1
                    nvr.home.arpa                             | address-1
                    nas.fritz.box/192.168.1.20:1883           | address-1/address-2:1883
                    x/nas.fritz.box                           | x/address-1
                    recorder.local:8080                       | address-1:8080
                    meiers.duckdns.org                        | address-1
                    abc123.ui.nabu.casa                       | address-1
                    müller.de                                 | address-1
                    cam.example.cz,                           | address-1,
                    http://nas:8080/api                       | http://address-1:8080/api
                    http://nas, http://nas. http://nas/       | http://address-1, http://address-1. http://address-1/
                    (see https://nas)                         | (see https://address-1)
                    rtsp://hans:p@ss@nas/live                 | rtsp://address-1/live
                    mqtt://meiers-lightnvr                    | mqtt://address-1
                    http://hans.homeassistant/                | http://address-1/
                    /home/hans/ca.pem                         | /home/someone/ca.pem
                    /Users/Hans/ca.pem                        | /Users/someone/ca.pem
                    C:\\Users\\Hans\\ca.pem                   | C:\\Users\\someone\\ca.pem
                    """)
    void hidesAddresses(String text, String hidden) {
        assertThat(pseudonyms.apply(text)).isEqualTo(hidden);
    }

    @Test
    void theSameAddressStaysTheSame() {
        assertThat(pseudonyms.apply("10.0.0.1 10.0.0.2 http://10.0.0.1:80/ tcp://hans:pass@10.0.0.2"))
                .isEqualTo("address-1 address-2 http://address-1:80/ tcp://address-2");
    }

    @Test
    void anAddressThatIsKnownHasItsName() {
        pseudonyms.hide("broker", "10.0.0.1").hide("recorder", "nas.fritz.box").hide("user", "hans");

        assertThat(pseudonyms.apply("http://nas.fritz.box:8080 tcp://hans@10.0.0.1 NAS.fritz.box"))
                .isEqualTo("http://recorder-1:8080 tcp://broker-1 recorder-1");
    }

    @Test
    void isQuickWithALongHostileText() {
        String text = ("1:".repeat(3_000)
                        + "a.".repeat(3_000)
                        + "@".repeat(3_000)
                        + "a-".repeat(3_000)
                        + "/".repeat(3_000))
                .repeat(2);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> pseudonyms.apply(text));
    }
}
