package io.lightnvr.mqtt.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.event.EventGroups;
import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationMappingTest {

    @TempDir
    private Path folder;

    @Test
    void refusesAClearTimeOfAGroupThatDoesNotExist() throws Exception {
        Configuration configuration = configuration("home_assistant: {group_clear_after: {vehikle: 2m}}");

        assertThatThrownBy(() -> ConfigurationMapping.clearTimes(configuration.homeAssistant()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("home_assistant.group_clear_after: vehikle is not a group;"
                        + " use one of person, vehicle, animal, package");
    }

    @Test
    void refusesAGroupInZonesThatDoesNotExist() throws Exception {
        Configuration configuration = configuration("home_assistant: {zone_groups: [person, perzon]}");

        assertThatThrownBy(() -> ConfigurationMapping.deliverySettings(configuration, false, false))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("home_assistant.zone_groups: perzon is not a group;"
                        + " use one of person, vehicle, animal, package");
    }

    @Test
    void showsGroupsInZonesInTheOrderOfTheGroups() throws Exception {
        Configuration configuration = configuration("home_assistant: {zone_groups: [animal, person]}");

        assertThat(ConfigurationMapping.zoneGroups(configuration.homeAssistant()))
                .containsExactly("person", "animal")
                .isEqualTo(ConfigurationMapping.ownDevices(configuration).zoneGroups());
    }

    @Test
    void takesAPlainOffInAFile() throws Exception {
        assertThat(configuration("home_assistant: {snapshots: off}")
                        .homeAssistant()
                        .snapshots())
                .isZero();
    }

    @Test
    void givesEachGroupItsClearTime() throws Exception {
        Configuration configuration = configuration("home_assistant: {group_clear_after: {vehicle: 2m}}");

        assertThat(ConfigurationMapping.clearTimes(configuration.homeAssistant())
                        .byGroup())
                .containsEntry("vehicle", Duration.ofMinutes(2));
    }

    @Test
    void takesTheStandardGroupsUnlessOthersAreConfigured() throws Exception {
        Configuration pets = configuration("home_assistant: {groups: {pet: [dog, cat]}}");

        assertThat(ConfigurationMapping.groups(configuration("").homeAssistant()))
                .isEqualTo(EventGroups.standard());
        assertThat(ConfigurationMapping.groups(pets.homeAssistant()).labels())
                .containsOnlyKeys("pet")
                .hasEntrySatisfying("pet", labels -> assertThat(labels).containsExactlyInAnyOrder("dog", "cat"));
    }

    @Test
    void asksTheSupervisorOnlyWithoutAConfiguredBroker() throws Exception {
        Map<String, String> addOn = Map.of("SUPERVISOR_TOKEN", "t0ken");

        assertThat(ConfigurationMapping.supervisor(configuration("").mqtt(), addOn))
                .isPresent();
        assertThat(ConfigurationMapping.supervisor(
                        configuration("mqtt: {broker_host: mosquitto}").mqtt(), addOn))
                .isEmpty();
        assertThat(ConfigurationMapping.supervisor(configuration("").mqtt(), Map.of()))
                .isEmpty();
    }

    @Test
    void announcesNoDevicesWithoutDiscovery() throws Exception {
        assertThat(ConfigurationMapping.discovery(configuration("home_assistant: {discovery: false}")))
                .isEmpty();
        assertThat(ConfigurationMapping.discovery(configuration(""))).isPresent();
    }

    @Test
    void speaksTlsOnlyIfItIsOn() throws Exception {
        Configuration.Mqtt tls = configuration("mqtt: {tls_enabled: true}").mqtt();

        assertThat(ConfigurationMapping.brokerSettings(tls, "id", Optional.empty())
                        .tls())
                .isPresent();
        assertThat(ConfigurationMapping.brokerSettings(configuration("").mqtt(), "id", Optional.empty())
                        .tls())
                .isEmpty();
    }

    @Test
    void filtersStreamsByTheirRawNames() throws Exception {
        Configuration configuration = configuration("detections: {streams: ['cam 1'], ignore_streams: [cam.2]}");

        assertThat(ConfigurationMapping.filter(configuration.detections()).streams())
                .isEqualTo(Set.of(new StreamName("cam 1")));
        assertThat(ConfigurationMapping.filter(configuration.detections()).ignoredStreams())
                .isEqualTo(Set.of(new StreamName("cam.2")));
    }

    private Configuration configuration(String yaml) throws IOException, ConfigurationException {
        Path file = Files.writeString(folder.resolve("lightnvr-mqtt.yaml"), yaml);
        return ConfigurationReader.read(file, Optional.of("http://recorder")).configuration();
    }
}
