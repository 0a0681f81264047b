package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Reading.built;
import static io.lightnvr.mqtt.config.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LightNvrIniTest {

    @Test
    void takesTheOptionsOfMqtt() throws ConfigurationException {
        Configuration.Mqtt mqtt = read("""
                        [mqtt]
                        broker_host = broker ; ours
                        qos = 2
                        max_inflight = 5
                        """).configuration().mqtt();

        assertThat(mqtt.brokerHost()).contains("broker");
        assertThat(mqtt.qos()).isEqualTo(2);
        assertThat(mqtt.maxInflight()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "true,true",
        "yes,true",
        "On,true",
        "1,true",
        "false,false",
        "NO,false",
        "off,false",
        "0,false",
        "'',true"
    })
    void takesTheSwitchesOfIniFiles(String text, boolean value) throws ConfigurationException {
        String name = text.isEmpty() ? "; enabled =" : "enabled = " + text;

        assertThat(read("[mqtt]\n" + name).configuration().mqtt().enabled()).isEqualTo(value);
    }

    @Test
    void takesOverWhatHomeAssistantIsToSee() throws ConfigurationException {
        Configuration.HomeAssistant homeAssistant = read("[mqtt]\nha_discovery = false\nha_discovery_prefix = ha\n")
                .configuration()
                .homeAssistant();

        assertThat(homeAssistant.discovery()).isFalse();
        assertThat(homeAssistant.discoveryPrefix()).isEqualTo("ha");
    }

    @Test
    void knowsTheRecordersOtherNameForDiscovery() throws ConfigurationException {
        assertThat(read("[mqtt]\nha_discovery_enabled = 0\n")
                        .configuration()
                        .homeAssistant()
                        .discovery())
                .isFalse();
    }

    @Test
    void announcesDevicesUnlessTheFileSaysNo() throws ConfigurationException {
        assertThat(read("[mqtt]\nenabled = true\n")
                        .configuration()
                        .homeAssistant()
                        .discovery())
                .isTrue();
    }

    @Test
    void notesUnknownKeysInOneSentence() throws ConfigurationException {
        LoadedConfiguration loaded =
                read("[mqtt]\nha_snapshot_interval = 30\nbrokr_host = a\napi_key = b\nbad key = 1\n");

        assertThat(loaded.notes())
                .containsExactly("The bridge does not use these keys of [mqtt]: ha_snapshot_interval,"
                        + " brokr_host (did you mean broker_host?), api_key, ***.");
    }

    @Test
    void letsTheLastOfEqualKeysHoldAndSaysSo() throws ConfigurationException {
        LoadedConfiguration loaded = read("[mqtt]\nqos = 0\n[general]\n[mqtt]\nqos = 2\n");

        assertThat(loaded.configuration().mqtt().qos()).isEqualTo(2);
        assertThat(loaded.notes()).containsExactly("mqtt.qos is set more than once; the value in line 5 is used.");
    }

    @Test
    void ignoresTheRecordersOtherSections() throws ConfigurationException {
        assertThat(read("[general]\nlog_level = 2\nhalf a line\n[mqtt.old]\nqos = 9\n[go2rtc]\nport = x\n"))
                .isEqualTo(built(new ConfigurationBuilder()));
    }

    @Test
    void spellsProblemsAsTheFileDoes() {
        assertThat(problems(() -> read("[mqtt]\nqos = 3\nha_discovery = maybe\npassword = hunter2\n")))
                .containsExactly(
                        "mqtt.qos: 3 is out of range; use a whole number from 0 to 2",
                        "mqtt.ha_discovery: maybe is neither true nor false; use true or false",
                        "mqtt.password: is set without mqtt.username; set both of them or neither");
    }

    @Test
    void namesBrokenLinesWithoutTheirText() {
        assertThat(problems(() -> read("hunter1\n[mqtt]\nhunter2\n[general]\nhunter3\n[web]\nhunter4\n[mqtt\n")))
                .containsExactly(broken(1), broken(3), broken(7), broken(8));
    }

    @ParameterizedTest
    @CsvSource({
        "'',http://127.0.0.1:8080",
        "port = 7800,http://127.0.0.1:7800",
        "port =,http://127.0.0.1:8080",
        "bind_ip = 0.0.0.0,http://127.0.0.1:8080",
        "bind_ip = ::,http://127.0.0.1:8080",
        "bind_ip =,http://127.0.0.1:8080",
        "bind_ip = 192.168.1.20,http://192.168.1.20:8080",
        "bind_ip = fd00::20,http://[fd00::20]:8080"
    })
    void findsTheRecorderByItsWebSection(String line, String url) throws ConfigurationException {
        assertThat(read("[web]\n" + line).configuration().requireNvr().url()).hasToString(url);
    }

    @Test
    void hasNoRecorderWithoutWebSection() throws ConfigurationException {
        assertThat(read("[mqtt]\nqos = 1\n").configuration().nvr()).isEmpty();
    }

    /** Its {@code [web]} is the recorder's own page. */
    @Test
    void opensNoPageOfTheBridge() throws ConfigurationException {
        String web = "[web]\nport = 7800\nbind = 0.0.0.0\nbind_ip = 0.0.0.0\nusername = bob\npassword = hunter2\n";

        assertThat(read(web).configuration().web())
                .isEqualTo(built(new ConfigurationBuilder()).configuration().web());
    }

    @Test
    void takesTheRecordersLogin() throws ConfigurationException {
        Configuration.Nvr nvr = read("[web]\nusername = bob\npassword = hunter2 ; change it\n")
                .configuration()
                .requireNvr();

        assertThat(nvr.username()).contains("bob");
        assertThat(nvr.password()).contains(new Secret("hunter2"));
    }

    @Test
    void takesTheRecordersFirstUserForAPasswordAlone() throws ConfigurationException {
        Configuration.Nvr nvr =
                read("[web]\npassword = hunter2\n").configuration().requireNvr();

        assertThat(nvr.username()).contains("admin");
        assertThat(nvr.password()).contains(new Secret("hunter2"));
    }

    @Test
    void goesWithoutALoginWhereTheRecorderKeepsThePasswordElsewhere() throws ConfigurationException {
        LoadedConfiguration loaded = read("[web]\nusername = admin\npassword =\n");

        assertThat(loaded.configuration().requireNvr().username()).isEqualTo(Optional.empty());
        assertThat(loaded.notes())
                .containsExactly(
                        "web.username is set without a password, so the bridge reads the recorder without a login.");
    }

    @Test
    void refusesAWebSectionThatLeadsNowhere() {
        assertThat(problems(() -> read("[web]\nport = 0\nbind_ip = a/b\n")))
                .containsExactly(
                        "web.port: 0 is out of range; use a whole number from 1 to 65535",
                        "web.bind_ip: a/b is not a host;"
                                + " use a name or an address, such as localhost or 192.168.1.10");
    }

    private static String broken(int line) {
        return "nvr.ini: has no [section], key = value or comment in line " + line
                + "; correct that line, or start it with ;";
    }

    private static LoadedConfiguration read(String text) throws ConfigurationException {
        return built(LightNvrIni.read("nvr.ini", IniReader.read(text)));
    }
}
