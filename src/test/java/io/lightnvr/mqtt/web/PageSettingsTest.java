package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageSettingsTest {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8099);

    @Test
    void hidesThePassword() {
        PageSettings settings = new PageSettings(ADDRESS, Optional.of("s3cret"), false, PageSettings.SETUP);

        assertThat(settings).asString().contains("***", "8099", "setup").doesNotContain("s3cret");
    }

    @Test
    void refusesAModeThatThereIsNot() {
        assertThatThrownBy(() -> new PageSettings(ADDRESS, Optional.empty(), false, "demo"))
                .hasMessage("There is no mode [demo]");
    }
}
