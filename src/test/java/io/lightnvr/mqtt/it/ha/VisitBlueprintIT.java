package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.TestBed;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The blueprint for visits of {@code docs/recipes/home-assistant.md} in a real Home Assistant: with a visit that the bridge
 * tells of, and with reports that the test publishes, to have them all.
 */
@Execution(ExecutionMode.CONCURRENT)
class VisitBlueprintIT {

    private static final String BLUEPRINT = RecipeFile.BLUEPRINT_VISIT.fileName();
    private static final String VISIT = "event.front_door_visit";
    private static final String YARD_VISIT = "event.yard_visit";
    private static final String ALERTS = "switch.front_door_alerts";
    private static final String ANNA = "person.anna";
    private static final String WHERE_ANNA_IS = "telephones/anna";
    private static final String CLIP = "http://nvr.example:8080/api/recordings/download/7";
    private static final String PAGE = "http://nvr.example:8080/timeline.html";

    private static final String LOUD =
            "\"channel\": \"Visits\", \"importance\": \"high\", \"ttl\": 0, \"priority\": \"high\"";

    private static final String ALARM = """
            "channel": "alarm_stream", "ttl": 0, "priority": "high",
            "push": {"sound": {"name": "default", "critical": 1, "volume": 1.0}}""";

    private static final String SILENT = """
            "channel": "Visits, silent", "importance": "low",
            "push": {"sound": "none", "interruption-level": "passive"}""";

    private static final String CLIP_BUTTON = ", {\"action\": \"URI\", \"title\": \"Clip\", \"uri\": \"" + CLIP + "\"}";

    /** What an automation of these tests does where another one notifies. */
    private static final String TOLD = "told";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private House house;
    private Camera camera;
    private HomeAssistant homeAssistant;

    /** How many reports each automation was given, by its name. */
    private final Map<String, Integer> reports = new TreeMap<>();

    @BeforeEach
    void build() {
        house = new House(bed);
        camera = house.camera("front_door");
        house.camera("yard");
    }

    @Test
    void aVisitIsOneNotificationThatSaysAtTheEndHowLongItWasAndASnoozeIsQuiet() {
        house.recorder().setPictures(true);
        house.options().homeAssistant("images", true);
        begin();
        String phone = Recipes.addPhone(house, homeAssistant);
        add("visits", Map.of("phones", List.of("of somebody who moved out", phone)));

        camera.sees(House.CAR);
        homeAssistant.awaitState(
                VISIT, "a car", state -> state.attribute("event_type").equals("vehicle"));
        camera.sees(House.PERSON);

        JsonNode told = Recipes.awaitTelephone(homeAssistant);
        String visitId = told.at("/data/tag").asText();
        assertThat(visitId).hasSize(32);
        assertThat(told.at("/data/image").asText()).isEqualTo("/api/image_proxy/image.front_door_picture");
        assertThat(told.at("/data/url").asText()).contains("/timeline.html?stream=front_door");
        Eventually.isSo(
                "the end of the visit",
                () -> notices(visitId).stream().anyMatch(notice -> notice.contains("ended after")));
        assertThat(notices(visitId)).singleElement().asString().startsWith("front_door: Person (90 %), ended after");

        homeAssistant.ask(
                "fire_event",
                Map.of(
                        "event_type",
                        "mobile_app_notification_action",
                        "event_data",
                        Map.of("action", told.at("/data/actions/0/action").asText())));
        homeAssistant.awaitState(ALERTS, "off");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aVisitSoundsOnceWhenWhatIsWantedComesAndIsThenReplacedSilently() {
        begin();
        tell("all", Map.of());
        tell("entrance", Map.of("places", List.of("Entrance"), "critical", true));
        String one = "a".repeat(32);
        String two = "b".repeat(32);

        fires(one);
        report("start", one, Map.of("zones", List.of("Path")));
        report("update", one, Map.of("zones", List.of("Path", "Entrance")));
        report("update", one, Map.of("zones", List.of("Path", "Entrance")));
        report("end", one, Map.of("zones", List.of("Path", "Entrance"), "ended", "2026-11-28T06:30:42Z"));
        fires(two);
        report("start", two, Map.of("zones", List.of("Entrance")));
        report("clip", one, Map.of("zones", List.of("Path"), "ended", "2026-11-28T06:30:42Z", "clip", CLIP));
        settle();

        assertThat(told("all"))
                .containsExactly(
                        one + " start first",
                        one + " update",
                        one + " update",
                        one + " end",
                        two + " start first",
                        one + " clip");
        assertThat(told("entrance"))
                .containsExactly(
                        one + " update first", one + " update", one + " end", two + " start first", one + " clip");
        assertThat(texts("all", "message"))
                .startsWith("Person (93 %) in Path", "Person (93 %) in Path, Entrance")
                .contains("Person (93 %) in Path, Entrance, ended after 42 s")
                .endsWith("Person (93 %) in Path, ended after 42 s");
        assertThat(details("all"))
                .startsWith(details(one, LOUD), details(one, SILENT), details(one, SILENT), details(one, SILENT))
                .endsWith(details(two, LOUD), details(one, SILENT, CLIP_BUTTON));
        assertThat(details("entrance")).startsWith(details(one, ALARM), details(one, SILENT));
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aVisitIsToldFromWhenItAlertsButNotWhenItComesLate() {
        begin();
        tell("all", Map.of());
        String muted = "a".repeat(32);
        String paused = "b".repeat(32);

        homeAssistant.call("switch.turn_off", ALERTS);
        homeAssistant.awaitState(ALERTS, "off");
        fires(muted);
        report("start", muted, Map.of("alert", false));
        settle();
        homeAssistant.call("switch.turn_on", ALERTS);
        homeAssistant.awaitState(ALERTS, "on");
        report("update", muted, Map.of("alert", false));
        settle();
        assertThat(told("all")).isEmpty();
        report("update", muted, Map.of());
        report("end", muted, Map.of("alert", false)); // snoozed meanwhile
        report("start", "c".repeat(32), Map.of()); // for which the event has not fired
        report("clip", "d".repeat(32), Map.of("clip", CLIP));
        for (String foreign : List.of("", "no JSON", "null", "[]", "{}", "{\"stream\":\"front_door\"}")) {
            publish(foreign);
        }
        fires(paused);
        report("start", paused, Map.of("alert", false, "event_type", "vehicle"));
        report("update", paused, Map.of());
        settle();

        String inTime = "e".repeat(32);
        String now = homeAssistant.rendered("{{ utcnow().isoformat(timespec='seconds') }}");
        report("start", inTime, Map.of("started", now, "duration", 0));
        Eventually.isSo("a visit that is not late", () -> told("all").contains(inTime + " start first"));

        assertThat(told("all"))
                .containsExactly(
                        muted + " update first", muted + " end", paused + " update first", inTime + " start first");
        homeAssistant.assertNoComplaints();
    }

    @Test
    void aVisitIsToldOfWhatWhereAndWhenItIsWanted() {
        begin();
        LocalTime now = LocalTime.parse(homeAssistant.rendered("{{ now().time() }}"));
        List<String> places = List.of("Path", "Entrance");
        tell("any", Map.of("places", places));
        tell("all", Map.of("places", places, "places_as", "all"));
        tell("order", Map.of("places", places, "places_as", "order"));
        tell("now", Map.of("after", time(now.plusHours(2)), "before", time(now.plusHours(1))));
        tell("later", Map.of("after", time(now.plusHours(1)), "before", time(now.plusHours(2))));
        tell("nobody home", Map.of("persons", List.of(ANNA)));
        tell("Anna home", Map.of("only_if", List.of("{{ is_state('" + ANNA + "', 'home') }}")));
        tell("animals", Map.of("kinds", List.of("animal", "pet")));
        tell("yard", Map.of("cameras", List.of(YARD_VISIT)));
        tell("both", Map.of("cameras", List.of(YARD_VISIT, VISIT)));
        String one = "a".repeat(32);
        String two = "b".repeat(32);
        String three = "c".repeat(32);

        fires(one);
        report("start", one, Map.of("zones", List.of("Entrance")));
        report("update", one, Map.of("zones", List.of("Entrance", "Path")));
        settle();
        house.retain(WHERE_ANNA_IS, "None");
        homeAssistant.awaitState(ANNA, "unknown");
        report("update", one, Map.of("zones", List.of("Entrance", "Path")));
        settle();
        house.retain(WHERE_ANNA_IS, "not_home");
        homeAssistant.awaitState(ANNA, "not_home");
        fires(two);
        report("start", two, Map.of("groups", List.of("vehicle"), "zones", List.of("Path", "Shed", "Entrance")));
        report(
                "update",
                two,
                Map.of("groups", List.of("person", "vehicle"), "zones", List.of("Path", "Shed", "Entrance")));
        report("end", two, Map.of("groups", List.of("person", "animal"), "zones", List.of("Path", "Shed", "Entrance")));
        fires(three);
        report("start", three, Map.of("groups", List.of("pet"), "zones", List.of()));
        settle();

        List<String> allOfOne = List.of(one + " start first", one + " update", one + " update");
        List<String> allOfTwo = List.of(two + " update first", two + " end");
        assertThat(told("any")).containsExactlyElementsOf(both(allOfOne, allOfTwo));
        assertThat(told("all"))
                .containsExactlyElementsOf(both(List.of(one + " update first", one + " update"), allOfTwo));
        assertThat(told("order")).containsExactlyElementsOf(allOfTwo);
        assertThat(told("now")).containsExactlyElementsOf(both(allOfOne, allOfTwo));
        assertThat(told("later")).isEmpty();
        assertThat(told("nobody home")).containsExactlyElementsOf(allOfTwo);
        assertThat(told("Anna home")).containsExactlyElementsOf(allOfOne);
        assertThat(told("animals")).containsExactly(two + " end first", three + " start first");
        assertThat(told("yard")).isEmpty();
        assertThat(told("both")).containsExactlyElementsOf(both(allOfOne, allOfTwo));
        homeAssistant.assertNoComplaints();
    }

    private void begin() {
        house.retain(WHERE_ANNA_IS, "home");
        Map<String, ?> tracker = Map.of("name", "anna", "state_topic", WHERE_ANNA_IS);
        homeAssistant = house.homeAssistant(HomeAssistantOptions.standard()
                .mqttYaml(Json.write(List.of(Map.of("device_tracker", tracker))))
                .yaml(Recipes.NOTIFIER
                        + "scene:\nperson: [{id: anna, name: Anna, device_trackers: [device_tracker.anna]}]\n"));
        house.startBridge();
        homeAssistant.awaitState(VISIT, "unknown");
        homeAssistant.awaitState(YARD_VISIT, "unknown");
        homeAssistant.awaitState(ALERTS, "on");
        homeAssistant.awaitState(ANNA, "home");
        camera.awaitWatched();
        Recipes.copy(homeAssistant, RecipeFile.BLUEPRINT_VISIT);
    }

    /** Makes an automation of the front door, if no other camera is wished, which has subscribed afterwards. */
    private void add(String name, Map<String, ?> input) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("cameras", List.of(VISIT)));
        all.putAll(input);
        homeAssistant.automations().addWhole(name, Recipes.use(BLUEPRINT, all));
        house.broker().awaitSubscription("lightnvr/visits/+");
        reports.put(name, 0);
    }

    /** The same with an automation that only says what it would notify of. */
    private void tell(String name, Map<String, ?> input) {
        Map<String, Object> all = new LinkedHashMap<>(input);
        Map<String, Object> data = new LinkedHashMap<>(Map.of("name", name));
        for (String known : List.of("visit_id", "type", "first", "message", "details")) {
            data.put(known, "{{ " + known + " }}");
        }
        all.put("notify", List.of(Map.of("event", TOLD, "event_data", data)));
        add(name, all);
    }

    /** The bridge's event of a visit, as Home Assistant shows it when it was in time. */
    private void fires(String visitId) {
        house.publish("lightnvr/visits/front_door/event", """
                {"event_type": "person", "visit_id": "%s", "label": "person", "confidence": 0.93, "zones": [], "duration": 0,
                "page": null, "clip": null}""".formatted(visitId));
        homeAssistant.awaitState(
                VISIT, visitId, state -> state.attribute("visit_id").equals(visitId));
    }

    /** A report of a person in no zone, which alerts, but for what is said. */
    private void report(String type, String visitId, Map<String, ?> more) {
        Map<String, Object> report = new LinkedHashMap<>(Map.of(
                "type",
                type,
                "visit_id",
                visitId,
                "stream",
                "front_door",
                "duration",
                42,
                "event_type",
                "person",
                "groups",
                List.of("person"),
                "zones",
                List.of(),
                "best",
                Map.of("label", "person", "confidence", 0.93),
                "alert",
                true,
                "page",
                PAGE));
        report.put("started", "2026-11-28T06:30:00Z");
        report.put("ended", null);
        report.put("clip", null);
        report.putAll(more);
        publish(Json.write(report));
    }

    private void publish(String payload) {
        house.publish("lightnvr/visits/front_door", payload);
        reports.replaceAll((name, count) -> count + 1);
    }

    /** Waits until all automations have done with all reports. */
    private void settle() {
        reports.forEach(homeAssistant.automations()::awaitRunsEnded);
    }

    /** What an automation has told so far: visit and type, and whether it was the first of the visit. */
    private List<String> told(String name) {
        return by(name).stream()
                .map(data -> data.path("visit_id").asText() + " "
                        + data.path("type").asText()
                        + (data.path("first").asBoolean() ? " first" : ""))
                .toList();
    }

    private List<String> texts(String name, String key) {
        return by(name).stream().map(data -> data.path(key).asText()).toList();
    }

    private List<JsonNode> details(String name) {
        return by(name).stream().map(data -> data.path("details")).toList();
    }

    private List<JsonNode> by(String name) {
        return homeAssistant
                .events()
                .all(event -> event.type().equals(TOLD)
                        && event.data().path("name").asText().equals(name))
                .stream()
                .map(SeenEvent::data)
                .toList();
    }

    /** What a telephone is given: what is always there, the buttons beside that for a snooze, and how loud it is. */
    private static JsonNode details(String visitId, String manner, String... buttons) {
        return Json.read("""
                {"tag": "%s", "group": "event.front_door_visit", "alert_once": true, "actions":
                [{"action": "LIGHTNVR SNOOZE lightnvr/alerts/front_door/set", "title": "Snooze 30 min"}%s],
                "url": "%s", "clickAction": "%s", %s}""".formatted(visitId, String.join("", buttons), PAGE, PAGE, manner));
    }

    private static List<String> both(List<String> one, List<String> two) {
        return Stream.concat(one.stream(), two.stream()).toList();
    }

    private static String time(LocalTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_LOCAL_TIME);
    }

    /** What Home Assistant itself shows of a visit. */
    private List<String> notices(String visitId) {
        return StreamSupport.stream(
                        homeAssistant
                                .ask("persistent_notification/get", Map.of())
                                .spliterator(),
                        false)
                .filter(notice -> notice.path("notification_id").asText().equals(visitId))
                .map(notice -> notice.path("title").asText() + ": "
                        + notice.path("message").asText())
                .toList();
    }
}
