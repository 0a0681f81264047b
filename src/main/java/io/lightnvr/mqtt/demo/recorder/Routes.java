package io.lightnvr.mqtt.demo.recorder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The table of calls, and which of them need a login.
 *
 * <p>A route is a method and a path, such as {@code GET /api/streams}, or a prefix with a {@code *} at the end. The first that
 * fits is taken.
 */
final class Routes {

    private final Access access;
    private final List<Route> routes = new ArrayList<>();

    Routes(Access access) {
        this.access = access;
    }

    private record Route(String pattern, Function<Request, SimulatedAnswer> call) {

        boolean fits(String asked) {
            return pattern.endsWith("*")
                    ? asked.startsWith(pattern.substring(0, pattern.length() - 1))
                    : asked.equals(pattern);
        }
    }

    /** Adds a call that needs no login. */
    Routes open(String route, Function<Request, SimulatedAnswer> call) {
        routes.add(new Route(route, call));
        return this;
    }

    /** Adds a call that needs a login; the call decides on the account's rights. */
    Routes loggedIn(String route, BiFunction<Request, Account, SimulatedAnswer> call) {
        return open(
                route,
                request -> access.who(request)
                        .map(account -> call.apply(request, account))
                        .orElseGet(() -> SimulatedAnswer.error(401, "Unauthorized")));
    }

    SimulatedAnswer answer(Request request) {
        String asked = request.method() + " " + request.path();
        return routes.stream()
                .filter(route -> route.fits(asked))
                .findFirst()
                .map(route -> route.call().apply(request))
                .orElseGet(() -> SimulatedAnswer.error(404, "Not Found"));
    }
}
