package io.lightnvr.mqtt.demo.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    @ParameterizedTest
    @CsvSource({
        "cam.1, cam.1",
        "Back%20Yard, Back Yard",
        "%E5%89%8D%E9%96%80, 前門",
        "a%2Fb, a/b",
        "a+b, a+b",
        "a%2Bb, a+b",
        "50%25, 50%",
        "%22%3E%3Cscript%3E, \"><script>",
        "%E5, \uFFFD"
    })
    void decodesAsRfc3986Says(String encoded, String decoded) {
        assertThat(Request.decoded(encoded)).isEqualTo(decoded);
    }
}
