package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that change a stream, record it by hand and turn its camera: {@code /api/streams/<stream>}, {@code .../recording} and {@code
 * .../ptz/...}. Sources: {@code api_handlers_streams_modify.c}, {@code api_handlers_recording_control.c} and {@code api_handlers_ptz.c}
 * of LightNVR.
 */
final class ControlCalls {

    private static final String PATH = "/api/streams/";
    private static final String RECORDING = "/recording";
    private static final String PTZ = "/ptz/";
    private static final Set<String> ACTIONS = Set.of("start", "stop");

    private final SimulatedStreams streams;
    private final Access access;
    private final Generation generation;
    private final Map<StreamName, Long> byHand = new ConcurrentHashMap<>();
    private final Map<StreamName, String> places = new ConcurrentHashMap<>();
    private volatile long recordings;

    ControlCalls(SimulatedStreams streams, Access access, Generation generation) {
        this.streams = streams;
        this.access = access;
        this.generation = generation;
    }

    /** Where a camera was turned last, by its token; empty if nobody has. */
    Optional<String> place(StreamName stream) {
        return Optional.ofNullable(places.get(stream));
    }

    /** Whether somebody records a stream by hand. */
    boolean isByHand(StreamName stream) {
        return byHand.containsKey(stream);
    }

    /** Whether a path below that of the streams is for these calls. */
    static boolean concerns(String path) {
        return path.endsWith(RECORDING) || path.contains(PTZ);
    }

    SimulatedAnswer get(Request request, Account account) {
        return onStream(request, account, (stream, below) -> {
            if (below.equals(RECORDING)) {
                return recording(stream, account);
            }
            return ptz(stream, presets -> below.equals("/ptz/capabilities") ? capabilities(presets) : list(presets));
        });
    }

    SimulatedAnswer put(Request request, Account account) {
        return onStream(request, account, (stream, below) -> {
            JsonNode json = request.json();
            if (isViewer(account)) {
                return refusal("Viewer role cannot change streams");
            }
            if (!json.isObject()) {
                return SimulatedAnswer.error(400, "Invalid JSON in request body");
            }
            if (json.path("set_privacy_mode").isBoolean()) {
                return privacy(stream, json.path("set_privacy_mode").asBoolean());
            }
            streams.changeSoon(stream.name(), json);
            return SimulatedAnswer.json(
                    202,
                    new JsonText()
                            .beginObject()
                            .field("success", true)
                            .field("message", "Stream update request accepted and processing")
                            .endObject());
        });
    }

    SimulatedAnswer post(Request request, Account account) {
        return onStream(request, account, (stream, below) -> {
            boolean isRecording = below.equals(RECORDING);
            if (isViewer(account)) {
                return refusal("Viewer role cannot control " + (isRecording ? "recordings" : "PTZ"));
            }
            return isRecording
                    ? record(stream, request.json().path("action").asText())
                    : ptz(stream, presets -> turn(stream, below, presets, request.json()));
        });
    }

    private interface OnStream {
        SimulatedAnswer answer(SimulatedStream stream, String below);
    }

    private interface OnPtz {
        SimulatedAnswer answer(List<String> presets);
    }

    private SimulatedAnswer onStream(Request request, Account account, OnStream call) {
        String rest = request.path().substring(PATH.length());
        int end = rest.indexOf('/') < 0 ? rest.length() : rest.indexOf('/');
        String name = Request.decoded(rest.substring(0, end));
        if (name.isEmpty()) {
            return SimulatedAnswer.streamNotFound();
        }
        if (!access.sees(account, new StreamName(name))) {
            return SimulatedAnswer.error(403, "Stream access denied");
        }
        return streams.find(new StreamName(name))
                .map(stream -> call.answer(stream, rest.substring(end)))
                .orElseGet(SimulatedAnswer::streamNotFound);
    }

    private static boolean isViewer(Account account) {
        return account.role() == Account.Role.VIEWER;
    }

    /** The second generation has one text for every right that is missing. */
    private SimulatedAnswer refusal(String text) {
        return SimulatedAnswer.error(403, generation == Generation.V0_47 ? "Forbidden" : text);
    }

    private SimulatedAnswer privacy(SimulatedStream stream, boolean on) {
        streams.change(stream.name(), settings -> settings.inPrivate(on));
        return SimulatedAnswer.json(
                200,
                new JsonText()
                        .beginObject()
                        .field("success", true)
                        .field("privacy_mode", on)
                        .endObject());
    }

    private SimulatedAnswer recording(SimulatedStream stream, Account account) {
        Optional<String> method = method(stream);
        JsonText json = new JsonText()
                .beginObject()
                .field("stream", stream.name().raw())
                .field("state", method.isPresent() ? "recording" : "idle")
                .field("recording_active", method.isPresent())
                .name("capture_method");
        method.ifPresentOrElse(json::value, () -> json.raw("null"));
        json.name("recording_id")
                .raw(method.isPresent() ? Long.toString(byHand.getOrDefault(stream.name(), 1L)) : "null");
        return SimulatedAnswer.json(
                200, json.field("manual_control_allowed", !isViewer(account)).endObject());
    }

    private Optional<String> method(SimulatedStream stream) {
        return isByHand(stream.name())
                ? Optional.of("manual")
                : Optional.of("scheduled")
                        .filter(any -> streams.settings(stream.name()).records());
    }

    private SimulatedAnswer record(SimulatedStream stream, String action) {
        if (!ACTIONS.contains(action)) {
            return SimulatedAnswer.error(400, "action must be 'start' or 'stop'");
        }
        boolean start = action.equals("start");
        if (start && method(stream).isPresent()) {
            return SimulatedAnswer.error(409, "A continuous, detection, or manual recording is already active");
        }
        if (!start && !isByHand(stream.name())) {
            return SimulatedAnswer.error(409, "Only an active manual recording can be stopped here");
        }
        if (start) {
            byHand.put(stream.name(), ++recordings);
        } else {
            byHand.remove(stream.name());
        }
        return SimulatedAnswer.json(
                start ? 202 : 200,
                new JsonText()
                        .beginObject()
                        .field("success", true)
                        .field("stream", stream.name().raw())
                        .field("action", action)
                        .field("state", start ? "starting" : "idle")
                        .endObject());
    }

    private SimulatedAnswer ptz(SimulatedStream stream, OnPtz call) {
        return streams.settings(stream.name())
                .presets()
                .map(call::answer)
                .orElseGet(() -> SimulatedAnswer.error(400, "PTZ not enabled for this stream"));
    }

    private static SimulatedAnswer capabilities(List<String> presets) {
        return SimulatedAnswer.json(
                200,
                new JsonText()
                        .beginObject()
                        .field("ptz_enabled", true)
                        .field("onvif_queried", true)
                        .field("has_pan_tilt", true)
                        .field("has_home_position", true)
                        .field("has_presets", !presets.isEmpty())
                        .field("max_presets", presets.size())
                        .endObject());
    }

    private static SimulatedAnswer list(List<String> presets) {
        JsonText json = new JsonText().beginObject().name("presets").beginArray();
        for (int i = 0; i < presets.size(); i++) {
            json.beginObject()
                    .field("token", Integer.toString(i + 1))
                    .field("name", presets.get(i))
                    .endObject();
        }
        return SimulatedAnswer.json(
                200, json.endArray().field("count", presets.size()).endObject());
    }

    private SimulatedAnswer turn(SimulatedStream stream, String below, List<String> presets, JsonNode json) {
        boolean isHome = below.equals("/ptz/home");
        if (!isHome && !json.path("token").isTextual()) {
            return SimulatedAnswer.error(400, "Missing preset token");
        }
        String token = isHome ? "home" : json.path("token").asText();
        if (!isHome && !token.matches("[1-9]\\d?") || !isHome && Integer.parseInt(token) > presets.size()) {
            return SimulatedAnswer.error(500, "PTZ go to preset failed");
        }
        places.put(stream.name(), token);
        return SimulatedAnswer.json(
                200,
                new JsonText()
                        .beginObject()
                        .field("success", true)
                        .field("message", isHome ? "PTZ moved to home position" : "PTZ moved to preset")
                        .endObject());
    }
}
