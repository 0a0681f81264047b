package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.documents.Example;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What people copy out of {@code docs/recipes/home-assistant.md}, in a real Home Assistant. */
@Execution(ExecutionMode.CONCURRENT)
class HomeAssistantRecipesIT {

    /** Where the page tells to copy the blueprints. */
    private static final String COPIED = "lightnvr_mqtt/";

    private static final String PERSON = "binary_sensor.front_door_person";
    private static final String EVENT = "event.front_door_detection";
    private static final String IMAGE = "image.front_door_picture";
    private static final String AVAILABILITY = "lightnvr/availability";
    private static final String STATE = "lightnvr/state/front_door";
    private static final String TOPIC = "lightnvr/detections/front_door";
    private static final Map<String, Integer> NONE = Map.of("seconds", 0);
    private static final Map<String, Integer> SECOND = Map.of("seconds", 1);
    private static final Map<String, Integer> HOUR = Map.of("hours", 1);

    /** A count of all events, for something to wait for where a recipe must not run. */
    private static final String EACH = "each event";

    /** The age at which the automation on the topic surely leaves an event alone, in seconds. */
    private static final int TOO_OLD = 32;

    /** How long somebody stays where a test has to do something meanwhile, in seconds. */
    private static final int LONG_ENOUGH_TO_ACT = 20;

    /** The cards that Home Assistant's own frontend has, as far as the dashboard uses them. */
    private static final Set<String> CORE_CARDS =
            Set.of("heading", "picture-entity", "tile", "logbook", "entities", "conditional", "markdown");

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;

    @BeforeEach
    void build() {
        house = new House(bed);
        camera = house.camera("front_door");
    }

    @Test
    void aNotificationSaysWhatAndWhereAndShowsIt() {
        house.recorder().setPictures(true);
        zones();
        house.options().homeAssistant("images", true);
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard().yaml(Recipes.NOTIFIER));
        homeAssistant.awaitState(IMAGE, "a picture", SeenState::isKnown);
        String blueprint = importByAddress(homeAssistant, RecipeFile.BLUEPRINT_NOTIFICATION);
        Map<String, Object> action = Recipes.yaml(Example.TO_YOUR_PHONE.text());
        Automations automations = homeAssistant.automations();
        automations.addWhole(
                "at the entrance",
                Recipes.use(
                        blueprint,
                        Map.of(
                                "camera",
                                EVENT,
                                "places",
                                List.of("Entrance"),
                                "pause",
                                NONE,
                                "notify",
                                List.of(action))));
        automations.addWhole("with a pause", Recipes.use(blueprint, Map.of("camera", EVENT)));
        countEvents(homeAssistant);

        camera.sees(House.CAR);
        automations.awaitRuns(EACH, 1);
        camera.sees(new SimulatedRow("person", 0.8f, 0.7f, 0.7f, 0.2f, 0.2f));
        automations.awaitRuns(EACH, 2);
        camera.sees(new SimulatedRow("person", 0.92f, 0.1f, 0.1f, 0.2f, 0.2f));

        automations.awaitRuns("with a pause", 1);
        JsonNode told = Recipes.awaitTelephone(homeAssistant);
        assertThat(told.path("title").asText()).isEqualTo("front_door");
        assertThat(told.path("message").asText()).isEqualTo("Person (92 %) in Entrance");
        assertThat(told.at("/data/image").asText()).isEqualTo("/api/image_proxy/" + IMAGE);
        assertThat(homeAssistant.picture(IMAGE)).startsWith(0xff, 0xd8);
        assertThat(automations.runs("at the entrance")).isEqualTo(1);
        assertThat(automations.runs("with a pause"))
                .as("the first person alone")
                .isEqualTo(1);
        assertThat(awaitNotices(homeAssistant, 2))
                .containsExactly("front_door: Person (80 %) in Path", "front_door: Person (92 %) in Entrance");
        assertThat(calls(homeAssistant, "notify")).hasSize(2); // one at the telephone, which passes it on
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aNotificationDoesWithoutAPicture() {
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard().yaml(Recipes.NOTIFIER));
        copyBlueprints(homeAssistant);
        List<String> phones = List.of(Recipes.addPhone(house, homeAssistant));
        homeAssistant
                .automations()
                .addWhole(
                        "dogs",
                        Recipes.use(
                                COPIED + RecipeFile.BLUEPRINT_NOTIFICATION.fileName(),
                                Map.of("camera", EVENT, "kinds", List.of("animal"), "phones", phones)));

        camera.sees(House.DOG);

        JsonNode told = Recipes.awaitTelephone(homeAssistant);
        assertThat(told.path("message").asText()).isEqualTo("Dog (70 %)");
        assertThat(told.at("/data/image").isMissingNode()).isTrue();
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aLightIsOnWhileSomebodyIsThere() {
        HomeAssistant homeAssistant = begin(lights("porch"));
        copyBlueprints(homeAssistant);
        countEvents(homeAssistant);
        light(homeAssistant, "porch", List.of(PERSON, "binary_sensor.front_door_animal"), SECOND, HOUR);
        Eventually.isSo(
                "the automation's beginning",
                () -> calls(homeAssistant, "light").equals(List.of("turn_off")));

        camera.sees(House.CAR);
        homeAssistant.automations().awaitRuns(EACH, 1);
        camera.sees(House.PERSON);
        homeAssistant.awaitChange("light.porch", "on");
        homeAssistant.awaitChange("light.porch", "off");

        assertThat(changes(homeAssistant, PERSON, "light.porch"))
                .containsSubsequence(PERSON + " on", "light.porch on", PERSON + " off", "light.porch off");
        assertThat(calls(homeAssistant, "light")).containsExactly("turn_off", "turn_on", "turn_off");
        assertThat(homeAssistant.automations().runs("porch")).isEqualTo(3);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aLightGoesOffAlsoWhenHomeAssistantWasStartedOrTheAutomationChangedMeanwhile() {
        house.options().homeAssistant("clear_after", LONG_ENOUGH_TO_ACT);
        HomeAssistant homeAssistant = begin(lights("porch"));
        copyBlueprints(homeAssistant);
        light(homeAssistant, "porch", List.of(PERSON), HOUR, HOUR);
        seePerson(homeAssistant);
        homeAssistant.awaitChange("light.porch", "on");

        light(homeAssistant, "porch", List.of(PERSON), SECOND, HOUR);
        homeAssistant.awaitChange("light.porch", "off");
        camera.sees(House.PERSON);
        homeAssistant.awaitChange("light.porch", "on");
        homeAssistant.stop();
        Eventually.isSo(
                "nobody to be there",
                () -> house.retained().getOrDefault(STATE, "").contains("\"person\":\"OFF\""));
        homeAssistant.startAgain();
        homeAssistant.awaitState("light.porch", "off");

        assertThat(calls(homeAssistant, "light")).containsExactly("turn_on", "turn_off", "turn_on", "turn_off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aLightStaysOnForAWhileWhereACameraIsUnavailable() {
        house.options().homeAssistant("clear_after", LONG_ENOUGH_TO_ACT);
        HomeAssistant homeAssistant = begin(lights("porch", "patio"));
        copyBlueprints(homeAssistant);
        light(homeAssistant, "porch", List.of(PERSON), SECOND, HOUR);
        light(homeAssistant, "patio", List.of(PERSON), HOUR, SECOND);
        camera.sees(House.PERSON);
        homeAssistant.awaitChange("light.porch", "on");
        homeAssistant.awaitChange("light.patio", "on");

        house.bridge().program().kill();
        homeAssistant.awaitState(PERSON, "unavailable");
        homeAssistant.awaitState("light.patio", "off");
        house.awaitRecorder(2);
        assertThat(homeAssistant.state("light.porch").state()).isEqualTo("on");
        house.startBridge();
        homeAssistant.awaitState("light.porch", "off");

        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void somebodyIsThereAndNobodyHome() {
        house.retain("telephones/anna", "home");
        Map<String, ?> tracker = Map.of("name", "anna", "state_topic", "telephones/anna");
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard()
                .mqttYaml(Json.write(List.of(Map.of("device_tracker", tracker))))
                .yaml(Recipes.NOTIFIER + "person: [{id: anna, name: Anna, device_trackers: [device_tracker.anna]}]\n"));
        homeAssistant.awaitState("person.anna", "home");
        copyBlueprints(homeAssistant);
        Map<String, ?> input = Map.of(
                "sensor",
                PERSON,
                "persons",
                List.of("person.anna"),
                "pause",
                NONE,
                "phones",
                List.of(Recipes.addPhone(house, homeAssistant)));
        Automations automations = homeAssistant.automations();
        automations.addWhole("burglar", Recipes.use(COPIED + RecipeFile.BLUEPRINT_NOBODY_HOME.fileName(), input));
        countEvents(homeAssistant);

        seePerson(homeAssistant);
        assertThat(automations.runs("burglar")).as("Anna is home").isZero();
        house.retain("telephones/anna", "None");
        homeAssistant.awaitState("person.anna", "unknown");
        seePerson(homeAssistant);
        assertThat(automations.runs("burglar")).as("nobody knows where Anna is").isZero();
        house.retain("telephones/anna", "not_home");
        homeAssistant.awaitState("person.anna", "not_home");
        camera.sees(House.CAR);
        homeAssistant.awaitChange("binary_sensor.front_door_vehicle", "on");
        seePerson(homeAssistant);
        automations.awaitRuns("burglar", 1);
        assertThat(automations.runs("burglar")).isEqualTo(1);
        house.retain(AVAILABILITY, "offline");
        homeAssistant.awaitState(PERSON, "unavailable");
        camera.sees(House.PERSON);
        automations.awaitRuns(EACH, 5);
        house.retain(AVAILABILITY, "online");
        automations.awaitRuns("burglar", 2);
        homeAssistant.awaitState(PERSON, "off");

        assertThat(automations.runs("burglar")).isEqualTo(2);
        assertThat(awaitNotices(homeAssistant, 4))
                .as("one of Home Assistant's own and one on the phone each")
                .containsOnly("front_door: Somebody is there and nobody is home.");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void eachAutomationRunsOncePerEventWithAPerson() {
        Camera yard = house.camera("yard");
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard());
        yard.awaitWatched();
        homeAssistant.awaitState("binary_sensor.yard_person", "off");
        Registry registry = homeAssistant.registry();
        SeenDevice device = registry.device("lightnvr_mqtt_stream_yard");
        Eventually.isSo("its triggers", () -> registry.triggers(device).size() == 4);
        Automations automations = homeAssistant.automations();
        String template = Example.DEVICE_OF_AN_ENTITY.text().replace("front_door", "yard");
        Map<String, RecipeFile> files = new LinkedHashMap<>();
        files.put("event", RecipeFile.ON_THE_EVENT);
        files.put("device trigger", RecipeFile.ON_THE_DEVICE_TRIGGER);
        files.put("topic", RecipeFile.ON_THE_TOPIC);
        files.forEach((name, file) -> automations.addWhole(
                name,
                Recipes.yaml(file.text()
                        .replace("front_door", "yard")
                        .replace("DEVICE_ID", homeAssistant.rendered(template)))));
        automations.add(EACH, Map.of("trigger", "mqtt", "topic", "lightnvr/detections/yard"));
        awaitSubscription("lightnvr/detections/yard");

        yard.sees(House.CAR);
        automations.awaitRuns(EACH, 1);
        yard.sees(House.PERSON, House.CAR);
        files.keySet().forEach(name -> automations.awaitRuns(name, 1));
        yard.sees(House.PERSON);
        files.keySet().forEach(name -> automations.awaitRuns(name, 2));
        camera.sees(House.PERSON);
        homeAssistant.awaitChange(PERSON, "on");
        house.bridge().program().kill();
        house.awaitRecorder(1);
        yard.sees(House.PERSON);
        house.awaitRecorder(TOO_OLD);
        house.startBridge();
        automations.awaitRuns(EACH, 4);
        house.retain("lightnvr/detections/yard", "");
        automations.awaitRuns(EACH, 5);
        yard.sees(House.PERSON);
        files.keySet().forEach(name -> automations.awaitRuns(name, 3));
        automations.awaitRuns(EACH, 6);

        files.keySet()
                .forEach(name -> assertThat(automations.runs(name)).as(name).isEqualTo(3));
        assertThat(automations.runs(EACH)).isEqualTo(6);
        assertThat(awaitNotices(homeAssistant, 9))
                .contains("yard: person, 90 %", "yard: A person was detected.", "yard: person, car", "yard: person");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void automationsForAVisitAndForSomebodyWhoStaysRunOnceEach() {
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard());
        homeAssistant.awaitState("event.front_door_visit", "unknown");
        Automations automations = homeAssistant.automations();
        automations.addWhole("visit", Recipes.yaml(RecipeFile.ON_THE_VISIT.text()));
        automations.addWhole(
                "stays", Recipes.yaml(RecipeFile.ON_SOMEBODY_STAYING.text().replace("00:01:00", "00:00:03")));
        countEvents(homeAssistant);

        camera.sees(House.CAR);
        automations.awaitRuns(EACH, 1);
        camera.sees(House.PERSON, House.CAR);
        automations.awaitRuns("visit", 1);
        camera.sees(House.PERSON);
        automations.awaitRuns(EACH, 3);
        automations.awaitRuns("stays", 1);
        homeAssistant.awaitState(PERSON, "off");

        assertThat(awaitNotices(homeAssistant, 2))
                .containsExactlyInAnyOrder("front_door: person, 90 %", "front_door: Somebody stays at the door.");
        assertThat(automations.runs("visit")).isEqualTo(1);
        assertThat(automations.runs("stays")).isEqualTo(1);
        homeAssistant.assertNoComplaints();
    }

    @Test
    void allThatTheDashboardShowsIsThere() {
        house.recorder().setPictures(true);
        house.options().homeAssistant("images", true);
        HomeAssistant homeAssistant = begin(HomeAssistantOptions.standard());
        homeAssistant.awaitState(IMAGE, "a picture", SeenState::isKnown);

        JsonNode dashboard = Recipes.saveDashboard(homeAssistant);

        Set<String> entities = new TreeSet<>();
        entities.addAll(texts(dashboard, "entity"));
        entities.addAll(texts(dashboard, "entity_id"));
        assertThat(entities).hasSizeGreaterThan(10);
        entities.forEach(id -> homeAssistant.awaitState(id, "there", SeenState::isAvailable));
        assertThat(cards(dashboard)).isNotEmpty().isSubsetOf(CORE_CARDS);
        homeAssistant.assertNoComplaints();
    }

    private HomeAssistant begin(HomeAssistantOptions options) {
        HomeAssistant homeAssistant = house.homeAssistant(options);
        house.startBridge();
        homeAssistant.awaitState(PERSON, "off");
        homeAssistant.awaitState(EVENT, "there", SeenState::isAvailable);
        camera.awaitWatched();
        return homeAssistant;
    }

    /** Lights of which nobody tells whether they are on. */
    private static HomeAssistantOptions lights(String... names) {
        List<Map<String, ?>> lights = Stream.of(names)
                .<Map<String, ?>>map(name ->
                        Map.of("light", Map.of("name", name, "unique_id", name, "command_topic", name + "/set")))
                .toList();
        return HomeAssistantOptions.standard().mqttYaml(Json.write(lights));
    }

    /** Makes an automation of the blueprint for a light, with the light's name, or changes it. */
    private static void light(
            HomeAssistant homeAssistant,
            String name,
            List<String> sensors,
            Map<String, ?> wait,
            Map<String, ?> waitUnavailable) {
        homeAssistant
                .automations()
                .addWhole(
                        name,
                        Recipes.use(
                                COPIED + RecipeFile.BLUEPRINT_LIGHT.fileName(),
                                Map.of(
                                        "sensors",
                                        sensors,
                                        "light",
                                        Map.of("entity_id", "light." + name),
                                        "wait",
                                        wait,
                                        "wait_unavailable",
                                        waitUnavailable)));
    }

    /** A person comes and goes. */
    private void seePerson(HomeAssistant homeAssistant) {
        camera.sees(House.PERSON);
        homeAssistant.awaitChange(PERSON, "on");
        homeAssistant.awaitChange(PERSON, "off");
    }

    private void zones() {
        house.recorder()
                .streams()
                .setZones(
                        camera.stream(),
                        SimulatedZone.rectangle("z1", "Entrance", 0, 0, 0.5f, 0.5f),
                        SimulatedZone.rectangle("z2", "Path", 0.5f, 0.5f, 1, 1));
    }

    private void countEvents(HomeAssistant homeAssistant) {
        homeAssistant.automations().add(EACH, Map.of("trigger", "mqtt", "topic", TOPIC));
        awaitSubscription(TOPIC);
    }

    private void awaitSubscription(String topic) {
        house.broker().log().await("the automation's subscription", line -> line.endsWith(" " + topic));
    }

    /** Gives Home Assistant the address of a file, as a person does; the path by which automations use it. */
    private String importByAddress(HomeAssistant homeAssistant, RecipeFile blueprint) {
        HttpServer site = site();
        String address = "http://127.0.0.1:" + site.getAddress().getPort() + "/" + blueprint.fileName();
        JsonNode imported = homeAssistant.ask("blueprint/import", Map.of("url", address));
        assertThat(imported.path("validation_errors").isEmpty()).isTrue();
        String path = imported.path("suggested_filename").asText() + ".yaml";
        homeAssistant.ask(
                "blueprint/save",
                Map.of(
                        "domain",
                        "automation",
                        "path",
                        path,
                        "yaml",
                        imported.path("raw_data").asText(),
                        "source_url",
                        address));
        return path;
    }

    private HttpServer site() {
        try {
            HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            site.createContext("/", HomeAssistantRecipesIT::serve);
            site.start();
            bed.own(() -> site.stop(0));
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] file = Files.readAllBytes(RecipeFile.BLUEPRINT_VISIT
                    .path()
                    .resolveSibling(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, file.length);
            exchange.getResponseBody().write(file);
        }
    }

    /** As the page tells, into the folder of this Home Assistant, which then knows all of them. */
    private void copyBlueprints(HomeAssistant homeAssistant) {
        String commands = Example.COPY_BLUEPRINTS
                .text()
                .replace("/config", homeAssistant.folder().toString());
        Program copying =
                bed.program("copy", Map.of(), List.of("sh", "-ec", "cd " + Document.PROJECT + "\n" + commands));
        assertThat(copying.exitStatus(Arrivals.PATIENCE))
                .as(() -> copying.errors().all().toString())
                .isZero();
        JsonNode known = homeAssistant.ask("blueprint/list", Map.of("domain", "automation"));
        for (RecipeFile blueprint : List.of(
                RecipeFile.BLUEPRINT_VISIT,
                RecipeFile.BLUEPRINT_NOTIFICATION,
                RecipeFile.BLUEPRINT_LIGHT,
                RecipeFile.BLUEPRINT_NOBODY_HOME,
                RecipeFile.BLUEPRINT_INDOORS)) {
            assertThat(known.path(COPIED + blueprint.fileName()).has("metadata"))
                    .as(known.toString())
                    .isTrue();
        }
    }

    /** What Home Assistant itself notifies of, when there is enough. */
    private static List<String> awaitNotices(HomeAssistant homeAssistant, int count) {
        Eventually.isSo(count + " notices", () -> notices(homeAssistant).size() >= count);
        assertThat(notices(homeAssistant)).hasSize(count);
        return notices(homeAssistant);
    }

    private static List<String> notices(HomeAssistant homeAssistant) {
        return StreamSupport.stream(
                        homeAssistant
                                .ask("persistent_notification/get", Map.of())
                                .spliterator(),
                        false)
                .map(notice -> notice.path("title").asText() + ": "
                        + notice.path("message").asText())
                .sorted()
                .toList();
    }

    /** What was done with things of a kind, in order. */
    private static List<String> calls(HomeAssistant homeAssistant, String domain) {
        return homeAssistant
                .events()
                .all(event -> event.type().equals("call_service")
                        && event.data().path("domain").asText().equals(domain))
                .stream()
                .map(event -> event.data().path("service").asText())
                .toList();
    }

    /** What some entities came to show, in the order of all of them. */
    private static List<String> changes(HomeAssistant homeAssistant, String... entityIds) {
        return homeAssistant
                .events()
                .all(event -> event.type().equals("state_changed")
                        && List.of(entityIds)
                                .contains(event.data().path("entity_id").asText()))
                .stream()
                .map(event -> event.data().path("entity_id").asText() + " "
                        + event.data().at("/new_state/state").asText())
                .toList();
    }

    private static List<String> cards(JsonNode dashboard) {
        List<String> types = new ArrayList<>();
        dashboard
                .findValues("cards")
                .forEach(cards ->
                        cards.forEach(card -> types.add(card.path("type").asText())));
        dashboard.findValues("card").forEach(card -> types.add(card.path("type").asText()));
        return types;
    }

    /** All that stands below a key anywhere, as text or in a list. */
    private static List<String> texts(JsonNode json, String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : json.findValues(key)) {
            if (value.isTextual()) {
                texts.add(value.asText());
            }
            value.forEach(text -> texts.add(text.asText()));
        }
        return texts;
    }
}
