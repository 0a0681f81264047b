package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells LightNVR what to do. A stream's settings are changed by {@code PUT /api/streams/{name}}, which takes only what changes: all but
 * {@code isOnvif}, which it guesses from the address where it is missing, so that the present value is sent along.
 */
final class LightNvrControls implements RecorderControls {

    private static final String STREAMS = "/api/streams/";
    private static final String RECORDING = "/recording";
    private static final int BYTES = 64 << 10;
    private static final Duration READING = Duration.ofSeconds(4);
    private static final AnswerLimit READING_LIMIT = new AnswerLimit(BYTES, READING);

    /** The recorder asks the camera itself, which may take seconds. */
    private static final long PTZ_AGE_NANOS = Duration.ofMinutes(10).toNanos();

    private final RecorderLogin login;
    private final LongSupplier nanoTime;
    private final Map<StreamName, KnownPtz> ptz = new HashMap<>();

    private record KnownPtz(PtzAnswer answer, long readAt) {}

    LightNvrControls(RecorderLogin login, LongSupplier nanoTime) {
        this.login = login;
        this.nanoTime = nanoTime;
    }

    @Override
    public ControlView read(StreamName stream) throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            return ControlView.NONE;
        }
        RecorderAnswer answer = get(segment.get(), "");
        if (answer.isNotFound()) {
            ptz.remove(stream);
            return ControlView.NONE;
        }
        ControlsAnswer settings = ControlsAnswer.read(granted(answer));
        RecorderAnswer recording = get(segment.get(), RECORDING);
        Optional<RecordingAnswer> state =
                recording.isOk() ? Optional.of(RecordingAnswer.read(recording)) : Optional.empty();
        return settings.view(state, ptz(stream, segment.get(), settings));
    }

    @Override
    public Outcome carryOut(StreamName stream, ControlCommand command, Duration within)
            throws SourceException, InterruptedException {
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isEmpty()) {
            return wrong("its encoded name is longer than LightNVR accepts");
        }
        Calls calls = new Calls(segment.get(), new AnswerLimit(BYTES, within));
        return switch (command.control()) {
            case DETECTION, RECORDING, PRIVACY -> calls.set((ControlCommand.Switch) command);
            case MANUAL_RECORDING -> calls.record(((ControlCommand.Switch) command).on());
            case TRIGGER -> calls.trigger((ControlCommand.Trigger) command);
            case PTZ_PRESET -> calls.turn(((ControlCommand.Preset) command).name());
            case PTZ_HOME -> calls.post("/ptz/home", JsonNodeFactory.instance.objectNode());
        };
    }

    private RecorderAnswer get(PathSegment stream, String below) throws SourceException, InterruptedException {
        return login.get(STREAMS + stream + below, READING_LIMIT);
    }

    private RecorderAnswer granted(RecorderAnswer answer) throws SourceException {
        if (answer.isForbidden()) {
            throw SourceException.refusal(login.subject() + " may not see this camera");
        }
        if (answer.isUnauthorized()) {
            throw SourceException.refusal(
                    "the recorder wants a login: set nvr.api_key, or nvr.username and nvr.password");
        }
        return answer;
    }

    /** Asks seldom; a camera that does not answer has nothing to offer until the next time. */
    private PtzAnswer ptz(StreamName stream, PathSegment segment, ControlsAnswer settings) throws InterruptedException {
        if (!settings.hasPtz()) {
            ptz.remove(stream);
            return PtzAnswer.NOTHING;
        }
        long now = nanoTime.getAsLong();
        KnownPtz known = ptz.get(stream);
        if (known == null || now - known.readAt() >= PTZ_AGE_NANOS) {
            known = new KnownPtz(askPtz(segment), now);
            ptz.put(stream, known);
        }
        return known.answer();
    }

    private PtzAnswer askPtz(PathSegment segment) throws InterruptedException {
        try {
            RecorderAnswer capabilities = get(segment, "/ptz/capabilities");
            return capabilities.isOk() ? PtzAnswer.read(capabilities, get(segment, "/ptz/presets")) : PtzAnswer.NOTHING;
        } catch (SourceException e) {
            return PtzAnswer.NOTHING;
        }
    }

    private static Outcome wrong(String why) {
        return new Outcome(Outcome.Kind.WRONG, why);
    }

    /** The calls of one command. */
    private final class Calls {

        private final PathSegment stream;
        private final AnswerLimit limit;

        Calls(PathSegment stream, AnswerLimit limit) {
            this.stream = stream;
            this.limit = limit;
        }

        private RecorderAnswer ask(String below) throws SourceException, InterruptedException {
            return login.get(STREAMS + stream + below, limit);
        }

        Outcome set(ControlCommand.Switch command) throws SourceException, InterruptedException {
            RecorderAnswer answer = ask("");
            if (!answer.isOk()) {
                return outcome(answer);
            }
            ControlsAnswer now = ControlsAnswer.read(answer);
            return now.isSet(command.control(), command.on())
                    ? Outcome.ACCEPTED
                    : send("PUT", STREAMS + stream, now.change(command.control(), command.on()));
        }

        Outcome record(boolean on) throws SourceException, InterruptedException {
            RecorderAnswer answer = ask(RECORDING);
            boolean isDone = answer.isOk() && RecordingAnswer.read(answer).isManual() == on;
            return isDone
                    ? Outcome.ACCEPTED
                    : post(RECORDING, JsonNodeFactory.instance.objectNode().put("action", on ? "start" : "stop"));
        }

        Outcome trigger(ControlCommand.Trigger command) throws SourceException, InterruptedException {
            return command.isFor(stream.stream())
                    ? outcome(login.send("POST", "/api/motion/trigger", command.body(stream.stream()), limit))
                    : wrong("its \"stream\" is another one; leave it out");
        }

        Outcome turn(String preset) throws SourceException, InterruptedException {
            KnownPtz known = ptz.get(stream.stream());
            if (known == null || !known.answer().presets().containsKey(preset)) {
                return wrong("the camera has no preset of that name");
            }
            return post(
                    "/ptz/preset",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("token", known.answer().presets().get(preset)));
        }

        Outcome post(String below, JsonNode body) throws SourceException, InterruptedException {
            return send("POST", STREAMS + stream + below, body);
        }

        private Outcome send(String method, String path, JsonNode body) throws SourceException, InterruptedException {
            return outcome(login.send(method, path, JsonTree.text(body), limit));
        }

        private Outcome outcome(RecorderAnswer answer) {
            if (answer.isSuccessful()) {
                return Outcome.ACCEPTED;
            }
            String why = answer.error().map(text -> "\"" + text + "\"").orElse("it gives no reason") + " ("
                    + answer.status() + ")";
            if (answer.isRefused()) {
                return new Outcome(Outcome.Kind.FORBIDDEN, why + "; " + login.subject() + " needs the role User");
            }
            return new Outcome(answer.isConflict() ? Outcome.Kind.CONFLICT : Outcome.Kind.WRONG, why);
        }
    }
}
