package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.demo.recorder.Account.Role;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** Which call answers what, and who may ask for it. */
final class Routes {

    private static final String VERSION = "0.37.2";

    private final Access access;
    private final AuthCalls auth;
    private final StreamsCall streams;
    private final ResultsCall results;
    private final HealthCall health;
    private final SettingsCall settings;
    private final TriggerCall trigger;
    private final FrameCall frame;
    private final IntSupplier port;

    Routes(
            Access access,
            StreamsCall streams,
            ResultsCall results,
            HealthCall health,
            SettingsCall settings,
            TriggerCall trigger,
            FrameCall frame,
            IntSupplier port) {
        this.access = access;
        this.auth = new AuthCalls(access);
        this.streams = streams;
        this.results = results;
        this.health = health;
        this.settings = settings;
        this.trigger = trigger;
        this.frame = frame;
        this.port = port;
    }

    SimulatedAnswer answer(Request request) {
        return switch (request.method() + " " + request.path()) {
            case "GET /api/streams" -> loggedIn(request, streams::list);
            case "GET /api/health" -> health.get();
            case "GET " + FrameCall.PATH -> frame.get(request);
            case "GET /api/settings" -> loggedIn(request, account -> settings.get(port.getAsInt()));
            case "GET /api/auth/verify" -> auth.verify(request);
            case "POST /api/auth/login" -> auth.logIn(request);
            case "GET /api/system/info" -> loggedIn(request, this::systemInfo);
            case "POST /api/motion/trigger" -> loggedIn(request, account -> trigger(request, account));
            default -> answerBelow(request);
        };
    }

    private SimulatedAnswer answerBelow(Request request) {
        boolean reads = request.method().equals("GET");
        if (reads && request.path().startsWith(StreamsCall.PATH + "/")) {
            return loggedIn(request, account -> streams.below(request, account));
        }
        if (reads && request.path().startsWith(ResultsCall.PREFIX)) {
            return results.get(request);
        }
        return SimulatedAnswer.error(404, "Not Found");
    }

    private SimulatedAnswer loggedIn(Request request, Function<Account, SimulatedAnswer> call) {
        return access.who(request).map(call).orElseGet(() -> SimulatedAnswer.error(401, "Unauthorized"));
    }

    private SimulatedAnswer trigger(Request request, Account account) {
        return account.role() == Role.VIEWER
                ? SimulatedAnswer.error(403, "Viewer role cannot trigger motion events")
                : trigger.post(request);
    }

    private SimulatedAnswer systemInfo(Account account) {
        return account.role() == Role.ADMIN
                ? SimulatedAnswer.json(
                        200,
                        new JsonText()
                                .beginObject()
                                .field("version", VERSION)
                                .field("uptime", health.uptime())
                                .endObject())
                : SimulatedAnswer.error(403, "Forbidden: Admin privileges required");
    }
}
