package io.lightnvr.mqtt.broker.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.ReasonCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnackFixTest {

    private static final String NEXT = "400200017f";

    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        // Alone; between others; behind texts.
        "2006000003 21ffff, 2006000003 217fff",
        "200b000008 22000a 218000 2501, 200b000008 22000a 217fff 2501",
        "2014000011 1200036162 63 26000161000162 21ffff, 2014000011 1200036162 63 26000161000162 217fff"
    })
    void limitsWhatPahoWouldTakeForNegative(String sent, String read) throws IOException {
        assertThat(through(sent + NEXT)).isEqualTo((read + NEXT).replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2006000003217fff",
                "2003000000",
                // A text that looks like a Receive Maximum.
                "200b00000812000521ffff2122",
                // MQTT 3.1.1, a refusal, no CONNACK at all.
                "20020000",
                "2003008700",
                "e0028200",
                // Cut off, an unknown property, a length that is none.
                "20060000",
                "20060000037fffff",
                "20ffffffff",
                "20",
                ""
            })
    void letsEverythingElsePass(String sent) throws IOException {
        assertThat(through(sent)).isEqualTo(sent);
        assertThat(oneByOne(sent)).isEqualTo(sent);
    }

    @Test
    void touchesTheFirstPacketOnly() throws IOException {
        assertThat(through("2003000000" + "200600000321ffff")).isEqualTo("2003000000" + "200600000321ffff");
    }

    @ParameterizedTest
    @CsvSource({
        "2003000000, 0x00",
        "2003008700, 0x87",
        "2003009900, 0x99",
        "2003009b00, 0x9b",
        "200500000272ff, 0x00 property 0x72"
    })
    void tellsTheReasonAndAPropertyThatMqttDoesNotHave(String sent, String told) throws IOException {
        through(sent);

        assertThat(seen).containsExactly(told.split(" (?=property)"));
    }

    private String through(String hex) throws IOException {
        return HexFormat.of().formatHex(stream(hex).readAllBytes());
    }

    private String oneByOne(String hex) throws IOException {
        StringBuilder read = new StringBuilder();
        ConnackFix stream = stream(hex);
        for (int value = stream.read(); value >= 0; value = stream.read()) {
            read.append(HexFormat.of().toHexDigits((byte) value));
        }
        return read.toString();
    }

    private ConnackFix stream(String hex) {
        InputStream bytes = new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", "")));
        return new ConnackFix(bytes, new ConnackFix.Seen() {

            @Override
            public void reason(ReasonCode reason) {
                seen.add("0x%02x".formatted(reason.value()));
            }

            @Override
            public void unknownProperty(int id) {
                seen.add("property 0x%02x".formatted(id));
            }
        });
    }
}
