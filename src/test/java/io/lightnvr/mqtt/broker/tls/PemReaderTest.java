package io.lightnvr.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemReaderTest {

    @Test
    void readsBlocksAndSkipsWhatStandsAroundThem() {
        assertThat(PemReader.read(
                        "subject=a\r\n-----BEGIN CERTIFICATE-----\r\nAQID\r\nBA==\r\n-----END CERTIFICATE-----\r\n"
                                + "Bag: b\n-----BEGIN PRIVATE KEY-----\n\nBQ==\n-----END PRIVATE KEY-----"))
                .containsExactly(
                        new PemBlock("CERTIFICATE", "", "\r\nAQID\r\nBA==\r\n"),
                        new PemBlock("PRIVATE KEY", "", "\n\nBQ==\n"));
    }

    @Test
    void readsHeadersOfMoreThanOneLine() {
        PemBlock block = PemReader.read(
                        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,\n"
                                + "  00FF\n\nAQID\n-----END RSA PRIVATE KEY-----\n")
                .get(0);

        assertThat(block.isEncryptedByHeader()).isTrue();
        assertThat(block.headers()).endsWith("00FF\n");
        assertThat(block.der()).containsExactly(1, 2, 3);
    }

    @Test
    void readsTheNextBlockInTheLineInWhichOneEnds() {
        assertThat(PemReader.read("-----BEGIN A-----\nAQ==\n-----END A----------BEGIN B-----\nAg==\n-----END B-----\n"))
                .extracting(PemBlock::label)
                .containsExactly("A", "B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN A",
                "-----BEGIN A-----",
                "-----BEGIN A-----\nAQ==\n",
                "-----BEGIN A-----\nAQ==\n-----END B-----\n",
                "-----BEGIN A-----\nno content\u0000\n-----END A-----\n",
                "-----BEGIN a-----\nAQ==\n-----END a-----\n"
            })
    void aBlockThatIsCutOffOrNoneIsSkipped(String text) {
        String good = "-----BEGIN GOOD-----\nAQ==\n-----END GOOD-----\n";

        assertThat(PemReader.read(text)).isEmpty();
        assertThat(PemReader.read(good + text)).hasSize(1);
        assertThat(PemReader.read(text + "\n" + good))
                .extracting(PemBlock::label)
                .containsExactly("GOOD");
    }
}
