package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.problemsWith;
import static io.lightnvr.mqtt.config.Reading.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    @ParameterizedTest
    @CsvSource({
        "http://nvr.local:8080,http://nvr.local:8080",
        "https://nvr,https://nvr",
        "HTTP://nvr/,HTTP://nvr",
        "http://nvr/recorder//,http://nvr/recorder",
        "http://[::1]:8080/,http://[::1]:8080",
        "' http://192.168.1.20:8080 ',http://192.168.1.20:8080"
    })
    void takesAnAddressWithoutItsTrailingSlash(String text, URI url) throws ConfigurationException {
        assertThat(with("nvr.url", text).requireNvr().url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://nvr | ftp://nvr is not an http or https address;"
                        + " use an address such as http://192.168.1.20:8080",
                "nvr.local | nvr.local is not an http or https address;"
                        + " use an address such as http://192.168.1.20:8080",
                "nvr.local:8080 | nvr.local:8080 is not an http or https address;"
                        + " use an address such as http://192.168.1.20:8080",
                "http://n v r | http://n v r is not an address; use an address such as http://192.168.1.20:8080",
                "http: | http: is not an address; use an address such as http://192.168.1.20:8080",
                "http:/nvr | http:/nvr has no valid host;" + " use an address such as http://192.168.1.20:8080",
                "http://light_nvr:8080 | http://light_nvr:8080 has a host name with _, which no URL takes here;"
                        + " use the IP address, or another name: in Docker Compose an alias of the service (networks,"
                        + " aliases), such as light-nvr",
                "http://nvr:0 | http://nvr:0 has an invalid port; use a port from 1 to 65535",
                "http://nvr:70000 | http://nvr:70000 has an invalid port; use a port from 1 to 65535",
                "http://nvr/?key=hunter2 | http://nvr/?*** has a query or a fragment;"
                        + " remove the ? or # and what follows",
                "http://nvr/#hunter2 | http://nvr/#*** has a query or a fragment;"
                        + " remove the ? or # and what follows"
            })
    void refusesAnyOtherAddress(String text, String problem) {
        assertThat(problemsWith("nvr.url", text)).containsExactly("nvr.url: " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "http://bob:hunter2@nvr:8080",
        "http://bob@nvr:8080",
        "http://bob_:hunter2@light_nvr:8080",
        "http://:hunter2@nvr:8080"
    })
    void refusesALoginWithoutShowingIt(String text) {
        assertThat(problemsWith("nvr.url", text))
                .singleElement()
                .asString()
                .startsWith("nvr.url: ***@")
                .endsWith("nvr:8080 contains a login; move the login to nvr.username and nvr.password");
    }

    @ParameterizedTest
    @CsvSource({"http://bob:hun ter2@nvr", "http://bob:hun#ter2@nvr", "http://b@b:hunter2@nvr", "bob:hunter2@nvr"})
    void neverShowsALoginOfABrokenAddress(String text) {
        assertThat(problemsWith("nvr.url", text)).singleElement().asString().startsWith("nvr.url: ***@nvr ");
    }

    @Test
    void namesTheWayOutOfAnUnderscoreWithoutShowingTheLogin() {
        assertThat(problemsWith("nvr.events_broker", "mqtt://bob:hunter2@mos_quitto:1883"))
                .containsExactly(
                        "nvr.events_broker: has a host name with _, which no URL takes here; use the IP address, or"
                                + " another name: in Docker Compose an alias of the service (networks, aliases), such as"
                                + " light-nvr");
        assertThat(problemsWith("nvr.events_broker", "mqtt://b_b:hunter2@mos quitto"))
                .singleElement()
                .asString()
                .startsWith("nvr.events_broker: is not the URL of a broker; ");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,localhost",
        "' core-mosquitto ',core-mosquitto",
        "my_broker,my_broker",
        "192.168.1.10,192.168.1.10",
        "::1,::1",
        "[fe80::1%eth0],fe80::1%eth0"
    })
    void takesAHost(String text, String host) throws ConfigurationException {
        assertThat(with("mqtt.broker_host", text).mqtt().brokerHost()).contains(host);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | [] is empty; set the broker's name or address, or remove the line",
                "mqtt://broker | mqtt://broker is more than a host;"
                        + " use only the name or address, and mqtt.broker_port for the port",
                "broker:1883 | broker:1883 is more than a host;"
                        + " use only the name or address, and mqtt.broker_port for the port",
                "mqtt://bob:hunter2@broker | ***@broker is more than a host;"
                        + " use only the name or address, and mqtt.broker_port for the port",
                "my broker | my broker is not a host; use a name or an address, such as localhost or 192.168.1.10",
                "broker/path | broker/path is not a host; use a name or an address, such as localhost or 192.168.1.10",
                "[::1]:1883 | [::1]:1883 is not a host; use a name or an address, such as localhost or 192.168.1.10"
            })
    void refusesWhatIsNoHost(String text, String problem) {
        assertThat(problemsWith("mqtt.broker_host", text)).containsExactly("mqtt.broker_host: " + problem);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1",
        "' 192.168.1.10 ',192.168.1.10",
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::1,0:0:0:0:0:0:0:1",
        "[fd00::20],fd00:0:0:0:0:0:0:20",
        "::ffff:192.168.1.10,192.168.1.10"
    })
    void takesAnAddressOfThisMachine(String text, String address) throws ConfigurationException {
        assertThat(with("web.bind", text).web().bind().getHostAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "localhost",
                "nvr.local",
                "127.1",
                "2130706433",
                "1.2.3",
                "1.2.3.",
                "1.2.3.4.5",
                "1.2.3.256",
                "010.0.0.1",
                "127.0.0.1:8099",
                "::1::",
                "12345::",
                "[[::1]]",
                "http://127.0.0.1",
                "fe80::1%eth0",
                "beef"
            })
    void refusesWhatIsNoAddressOfAMachine(String text) {
        assertThat(problemsWith("web.bind", text))
                .containsExactly("web.bind: " + text + " is not an IP address; use an address of this machine:"
                        + " 127.0.0.1 for this machine alone, 0.0.0.0 for every network");
    }
}
