package io.lightnvr.mqtt.it.ha;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Arrivals;
import io.lightnvr.mqtt.it.Eventually;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.TestBed;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * A real Home Assistant, joined to a broker, and what a person sees and does there. It belongs to its test and ends with
 * it. All that it tells is heard from the moment when it answers, also before it has started completely; what it showed
 * earlier is in its {@link #history}.
 */
public final class HomeAssistant implements AutoCloseable {

    /** A start takes two seconds, and several of them at once on a busy machine a multiple of it. */
    static final Duration START = Duration.ofMinutes(5);

    private static final String STARTED = "homeassistant_started";
    private static final String CHANGED = "state_changed";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Arrivals<SeenEvent> events = new Arrivals<>("Home Assistant's events");
    private final States states = new States();
    private final HomeAssistantProcess process;
    private final Rest rest;
    private final MqttIntegration mqtt;
    private final Automations automations;
    private Conversation conversation;
    private CompletionException refusal;

    private HomeAssistant(TestBed bed, Mosquitto broker, HomeAssistantOptions options) {
        process = new HomeAssistantProcess(bed);
        process.write("mqtt.yaml", options.mqttYaml());
        process.append("configuration.yaml", options.yaml());
        rest = new Rest(client, process.port(), process.token());
        mqtt = new MqttIntegration(rest, broker, options);
        automations = new Automations(this, process);
    }

    /** A new one, started and joined to a running broker as it comes. */
    public static HomeAssistant start(TestBed bed, Mosquitto broker) {
        return start(bed, broker, HomeAssistantOptions.standard());
    }

    /** A new one with options of a person. */
    public static HomeAssistant start(TestBed bed, Mosquitto broker, HomeAssistantOptions options) {
        HomeAssistant homeAssistant = bed.own(new HomeAssistant(bed, broker, options));
        homeAssistant.begin();
        homeAssistant.mqtt.join();
        return homeAssistant;
    }

    /** Starts it again after it was ended. When there is a broker, it has subscribed there afterwards. */
    public void startAgain() {
        long subscriptions = mqtt.subscriptions();
        begin();
        mqtt.awaitSubscription(subscriptions);
    }

    /** Ends it in order: it says goodbye to the broker and writes down what it knows. */
    public void stop() {
        forget();
        process.stop();
    }

    /**
     * Ends it by SIGKILL: the broker publishes its will, and what it had not written down is lost, such as what its
     * registry learned in the last ten seconds.
     */
    public void kill() {
        forget();
        process.program().kill();
    }

    /** Ends it in order and starts it again. */
    public void restart() {
        stop();
        startAgain();
    }

    /** Waits until it has said that it has started, five seconds after it last heard of a new device. */
    public void awaitBirth() {
        process.program().errors().await("its birth message", line -> line.contains("birth message sent"));
    }

    /** What an entity shows now. */
    public SeenState state(String entityId) {
        return find(entityId).orElseThrow(() -> new AssertionError("No " + entityId + " among " + states("")));
    }

    /** The same, where there may be no such entity. */
    public Optional<SeenState> find(String entityId) {
        return states.of(entityId);
    }

    /** What all entities show whose id holds this text. */
    public List<SeenState> states(String text) {
        return states.all().stream()
                .filter(state -> state.entityId().contains(text))
                .toList();
    }

    /** Waits until an entity shows this. */
    public SeenState awaitState(String entityId, String state) {
        return awaitState(entityId, state, seen -> seen.state().equals(state));
    }

    /** Waits until an entity shows something of a kind. */
    public SeenState awaitState(String entityId, String what, Predicate<SeenState> kind) {
        AtomicReference<SeenState> shown = new AtomicReference<>();
        if (!Eventually.within(Arrivals.PATIENCE, () -> {
            find(entityId).filter(kind).ifPresent(shown::set);
            return shown.get() != null;
        })) {
            throw new AssertionError("Waited for %s = %s; it is %s".formatted(entityId, what, find(entityId)));
        }
        return shown.get();
    }

    /**
     * Waits until an entity has come to show this, later than what was last awaited of it in this way. So it finds what is
     * over when the test looks, too.
     */
    public void awaitChange(String entityId, String state) {
        states.awaitChange(entityId, state);
    }

    /** Waits until there is no such entity. */
    public void awaitGone(String entityId) {
        Eventually.isSo("the end of " + entityId, () -> find(entityId).isEmpty());
    }

    /** All that happened on its bus since the test began, over all restarts. */
    public Arrivals<SeenEvent> events() {
        return events;
    }

    /** Its devices and entities. */
    public Registry registry() {
        return new Registry(this);
    }

    /** The automations of its owner. */
    public Automations automations() {
        return automations;
    }

    /** What it has written down. */
    public History history() {
        return new History(process.file("home-assistant_v2.db"));
    }

    /** Where its pages are. */
    String url() {
        return "http://127.0.0.1:" + process.port();
    }

    /** What lets a browser in. */
    String token() {
        return process.token();
    }

    /** Its folder, which it calls {@code /config}. */
    Path folder() {
        return process.file("");
    }

    /** What a template gives, as under its developer tools. */
    String rendered(String template) {
        return rest.text("/api/template", Map.of("template", template));
    }

    /** The picture that an image shows. */
    public byte[] picture(String entityId) {
        return rest.bytes("/api/image_proxy/" + entityId);
    }

    /** Waits for the picture that a camera shows; before the first one there is none to be had. */
    byte[] awaitSnapshot(String camera) {
        AtomicReference<byte[]> shown = new AtomicReference<>();
        Eventually.isSo("a picture of " + camera, () -> {
            rest.find("/api/camera_proxy/" + camera).ifPresent(shown::set);
            return shown.get() != null;
        });
        return shown.get();
    }

    /** Has something done to an entity: {@code button.press}. */
    public void call(String action, String entityId) {
        call(action, Map.of("entity_id", entityId));
    }

    /** Has something done, and waits for it: {@code automation.reload}. */
    public void call(String action, Map<String, ?> data) {
        String[] words = action.split("\\.");
        ask("call_service", Map.of("domain", words[0], "service", words[1], "service_data", data));
    }

    /** Asks by the WebSocket; the result. */
    public JsonNode ask(String type, Map<String, ?> fields) {
        return conversation.ask(type, fields);
    }

    /** What it has logged since it was started last. */
    public Arrivals<String> log() {
        return process.program().errors();
    }

    /**
     * What it holds against those who talk to it: lines of its log since the test began, and, as it runs, what it wants
     * repaired and names that say the device's name again, which Home Assistant puts before them anyway.
     */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>(Complaints.among(process.log()));
        complaints.addAll(registry().issues());
        complaints.addAll(registry().repetitiveNames());
        return complaints;
    }

    public void assertNoComplaints() {
        assertThat(complaints()).as("what Home Assistant complains about").isEmpty();
    }

    @Override
    public void close() {
        if (conversation != null) {
            conversation.close();
        }
    }

    private void begin() {
        process.start();
        int before = starts();
        if (!Eventually.within(START, this::isConnected)) {
            throw new AssertionError("Home Assistant does not let the test in", refusal);
        }
        ask("subscribe_events", Map.of());
        states.begin(ask("get_states", Map.of()));
        boolean isRunning = ask("get_config", Map.of()).path("state").asText().equals("RUNNING");
        assertThat(Eventually.within(START, () -> isRunning || starts() > before))
                .as("Home Assistant has started")
                .isTrue();
    }

    private int starts() {
        return events.all(event -> event.type().equals(STARTED)).size();
    }

    private boolean isConnected() {
        if (!process.program().isAlive()) {
            throw new AssertionError("Home Assistant has ended: " + process.log());
        }
        try {
            conversation = Conversation.begin(client, process.port(), process.token(), this::hear);
            return true;
        } catch (CompletionException e) {
            refusal = e;
            return false;
        }
    }

    private void hear(JsonNode news) {
        SeenEvent event = SeenEvent.of(news);
        if (event.type().equals(CHANGED)) {
            states.change(event);
        }
        events.add(event);
    }

    private void forget() {
        conversation.close();
        states.forget();
    }
}
