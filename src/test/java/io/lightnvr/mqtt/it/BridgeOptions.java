package io.lightnvr.mqtt.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bridge's options in Home Assistant's spelling. */
public final class BridgeOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    private final List<Map<String, Object>> recorders = new ArrayList<>();
    private String logLevel = "info";

    /** For a recorder that needs no login and a broker that needs none. */
    public static BridgeOptions of(SimulatedRecorder recorder, int brokerPort) {
        return of(recorder.url(), brokerPort);
    }

    /** The same for a recorder that is reached at this address. */
    public static BridgeOptions of(URI recorder, int brokerPort) {
        return ofAddOn(recorder).with("mqtt", "broker_host", "localhost").with("mqtt", "broker_port", brokerPort);
    }

    /** For this recorder and the broker that the Supervisor knows. */
    public static BridgeOptions ofAddOn(URI recorder) {
        return new BridgeOptions().with("nvr", "url", recorder.toString());
    }

    /** For this broker and no recorder yet. */
    public static BridgeOptions ofBroker(int port) {
        return new BridgeOptions().mqtt("broker_host", "localhost").mqtt("broker_port", port);
    }

    /** Adds a recorder to the list. */
    public BridgeOptions recorder(String name, URI url) {
        return recorder(Map.of("name", name, "url", url.toString()));
    }

    /** Adds a recorder with these options to the list. */
    public BridgeOptions recorder(Map<String, Object> options) {
        recorders.add(options);
        return this;
    }

    public BridgeOptions with(String section, String key, Object value) {
        sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, value);
        return this;
    }

    public BridgeOptions mqtt(String key, Object value) {
        return with("mqtt", key, value);
    }

    BridgeOptions nvr(String key, Object value) {
        return with("nvr", key, value);
    }

    BridgeOptions detections(String key, Object value) {
        return with("detections", key, value);
    }

    /** What an option was set to. */
    String value(String section, String key) {
        return sections.get(section).get(key).toString();
    }

    /** Has it log this level and above, such as {@code trace}. */
    public BridgeOptions logLevel(String level) {
        logLevel = level;
        return this;
    }

    public BridgeOptions homeAssistant(String key, Object value) {
        return with("home_assistant", key, value);
    }

    /** Writes them to a file of a test. */
    public Path write(TestBed bed) {
        return write(bed, "options.json");
    }

    /** The same, where there are several bridges. */
    public Path write(TestBed bed, String name) {
        Path file = bed.folder().resolve(name);
        Map<String, Object> all = new LinkedHashMap<>(sections);
        if (!recorders.isEmpty()) {
            all.put("recorders", recorders);
        }
        all.put("log_level", logLevel);
        try {
            JSON.writeValue(file.toFile(), all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
