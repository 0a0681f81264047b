package io.lightnvr.mqtt.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** What the recorder shall do with a stream. Immutable. */
public sealed interface ControlCommand extends CommandReading {

    /** The largest payload in bytes: some 20 objects and tags. */
    int MOST_BYTES = 4_096;

    /** What it is about. */
    Control control();

    /** What is wanted, for people, such as {@code Detection off}. */
    String wish();

    /** A switch is to be on or off. */
    record Switch(Control control, boolean on) implements ControlCommand {

        public Switch {
            if (!control.isSwitch()) {
                throw new IllegalArgumentException(control + " is no switch");
            }
        }

        @Override
        public String wish() {
            return control.title() + (on ? " on" : " off");
        }
    }

    /** The camera is to turn to a place. */
    record Preset(String name) implements ControlCommand {

        @Override
        public Control control() {
            return Control.PTZ_PRESET;
        }

        @Override
        public String wish() {
            return "PTZ preset " + Text.printable(name);
        }
    }

    /** The camera is to look from where it usually does. */
    record Home() implements ControlCommand {

        @Override
        public Control control() {
            return Control.PTZ_HOME;
        }

        @Override
        public String wish() {
            return "PTZ home";
        }
    }

    /**
     * The recorder is to take a detection from outside.
     *
     * @param json an object as the recorder takes it, but for the stream
     * @param stream as the sender names it, if it does
     */
    record Trigger(String json, Optional<String> stream) implements ControlCommand {

        private static final Set<String> ACTIONS = Set.of("pulse", "start", "stop");
        private static final String STREAM = "stream";
        private static final String ACTION = "action";

        @Override
        public Control control() {
            return Control.TRIGGER;
        }

        @Override
        public String wish() {
            return "Trigger";
        }

        /** Whether the sender means this stream, or names none. */
        public boolean isFor(StreamName name) {
            return stream.filter(other -> !other.equals(name.raw())).isEmpty();
        }

        /** What the recorder is sent. */
        public String body(StreamName name) {
            try {
                ObjectNode body = JsonNodeFactory.instance.objectNode().put(STREAM, name.raw());
                return JsonTree.text(body.setAll((ObjectNode) JsonTree.read(json)));
            } catch (IOException e) {
                throw new IllegalStateException("What was read cannot be read again", e);
            }
        }

        private static CommandReading of(String text) {
            try {
                if (!(JsonTree.readAlone(text) instanceof ObjectNode object)) {
                    return new Unreadable("use a JSON object, such as {\"action\":\"pulse\",\"objects\":[\"person\"]}");
                }
                if (!ACTIONS.contains(object.path(ACTION).asText())) {
                    return new Unreadable("\"action\" must be \"pulse\", \"start\" or \"stop\"");
                }
                if (object.has(STREAM) && !object.path(STREAM).isTextual()) {
                    return new Unreadable("\"stream\" must be a text, or left out");
                }
                if (!isFinite(object)) {
                    return new Unreadable("a number in it is too large");
                }
                Optional<String> stream =
                        Optional.ofNullable(object.path(STREAM).textValue());
                object.remove(STREAM);
                return new Trigger(JsonTree.text(object), stream);
            } catch (IOException e) {
                return new Unreadable("it is not JSON");
            }
        }

        /** The recorder would store what it cannot show afterwards. */
        private static boolean isFinite(JsonNode json) {
            for (JsonNode inner : json) {
                if (!isFinite(inner)) {
                    return false;
                }
            }
            return !json.isDouble() || Double.isFinite(json.doubleValue());
        }
    }

    /** Reads the payload of a command. */
    static CommandReading read(Control control, byte[] payload) {
        if (payload.length > MOST_BYTES) {
            return new CommandReading.Unreadable("it is longer than %,d bytes".formatted(MOST_BYTES));
        }
        String text = new String(payload, StandardCharsets.UTF_8);
        return switch (control) {
            case DETECTION, RECORDING, PRIVACY, MANUAL_RECORDING -> onOrOff(control, text.strip());
            case TRIGGER -> Trigger.of(text);
            case PTZ_PRESET ->
                text.isBlank() ? new CommandReading.Unreadable("use the name of a preset") : new Preset(text);
            case PTZ_HOME -> text.strip().equals("PRESS") ? new Home() : new CommandReading.Unreadable("use PRESS");
        };
    }

    private static CommandReading onOrOff(Control control, String text) {
        boolean on = text.equalsIgnoreCase("ON");
        return on || text.equalsIgnoreCase("OFF")
                ? new Switch(control, on)
                : new CommandReading.Unreadable("use ON or OFF");
    }
}
