package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishAnswerFixTest {

    /** CONNACK, a PUBLISH of three bytes, then the packet, then a PINGRESP. */
    private static final String BEFORE = "2003000000" + "3003616263";

    private static final String AFTER = "d000";

    @ParameterizedTest
    @CsvSource({
        "5003000187, 4003000187", // not authorized
        "500400018700, 400400018700", // with an empty list of properties
        "500600018703616263, 400600018703616263", // cut wrongly by its sender: passes as it is read
        "50020001, 50020001", // success in its short form
        "5003000110, 5003000110", // no subscribers
        "4003000187, 4003000187", // a PUBACK
        "7003000192, 7003000192", // a PUBCOMP
        "4003000101, 4003000100", // a success that MQTT 5 does not name
        "40040001a100, 400400018000", // and a failure
        "5003000101, 5003000100",
        "5003000191, 4003000180", // Paho knows no PUBACK for a packet identifier in use
        "7003000101, 7003000100",
        "70030001a0, 7003000192",
        "6203000101, 6203000100"
    })
    void makesOfEachAnswerOneThatPahoTakes(String packet, String passed) throws IOException {
        byte[] all = HexFormat.of().parseHex(BEFORE + packet + AFTER);

        assertThat(read(all, 1)).isEqualTo(BEFORE + passed + AFTER);
        assertThat(read(all, 4096)).isEqualTo(BEFORE + passed + AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30060003612f0100", "3007000161ffffff7f"})
    void skipsMessagesThatPahoWouldNotSurvive(String packet) throws IOException {
        assertThat(read(HexFormat.of().parseHex(BEFORE + packet + AFTER), 5)).isEqualTo(BEFORE + AFTER);
    }

    @ParameterizedTest
    @CsvSource({
        "32080003612f01000700, 320600012d000700", // QoS 1, with a control character in the topic
        "3d080003612f01000700, 340600012d000700", // QoS 2, repeated and retained
        "32090001610007ffffff7f, 320600012d000700" // properties longer than the packet
    })
    void hasPahoAcknowledgeWhatItDoesNotSee(String packet, String stub) throws IOException {
        assertThat(read(HexFormat.of().parseHex(BEFORE + packet + AFTER), 5)).isEqualTo(BEFORE + stub + AFTER);
    }

    @ParameterizedTest
    @CsvSource({"30, ''", "32, 320600012d006100"})
    void skipsAMessageThatIsLargerThanAny(String type, String stub) throws IOException {
        String large =
                type + "818010" + "0001610061".repeat((256 << 10) / 5 + 1).substring(0, 2 * ((256 << 10) + 1));

        assertThat(read(HexFormat.of().parseHex(BEFORE + large + AFTER), 4096)).isEqualTo(BEFORE + stub + AFTER);
    }

    @ParameterizedTest
    @CsvSource({
        "2009000006120003610062, The broker sent a packet that cannot be understood",
        "a2200300ffffff7f00, The broker sent a packet that cannot be understood",
        "200600efbbbf1160, The broker sent a packet that says to be longer than it is",
        "90060001ffffff7f, The broker sent a packet that says to be longer than it is",
        "e0ffffff7f, The broker sent a packet that is larger than any"
    })
    void endsTheStreamForAnyOtherSuchPacket(String packet, String why) {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex(packet + AFTER), 5))
                .isInstanceOf(IOException.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    @CsvSource({"''", "50", "5003", "500300", "50ffff0f", "5003000187d0", "30ffff0f6161"})
    void passesWhatIsCutOff(String bytes) throws IOException {
        String passed = read(HexFormat.of().parseHex(bytes), 3);

        assertThat(passed.replaceFirst("^40", "50")).isEqualTo(bytes);
    }

    private static String read(byte[] bytes, int atOnce) throws IOException {
        try (InputStream in = new PublishAnswerFix(new ByteArrayInputStream(bytes))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] buffer = new byte[atOnce];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                all.write(buffer, 0, count);
            }
            return HexFormat.of().formatHex(all.toByteArray());
        }
    }
}
