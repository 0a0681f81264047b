package io.lightnvr.mqtt.demo.recorder;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code /api/auth/verify} and {@code /api/auth/login}. */
final class AuthCalls {

    private static final String COOKIE_END = "; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax";
    private static final int SESSION_SECONDS = 604_800;

    private final Access access;

    AuthCalls(Access access) {
        this.access = access;
    }

    SimulatedAnswer verify(Request request) {
        return access.who(request)
                .map(account ->
                        SimulatedAnswer.json(200, access.isEnabled() ? described(account) : undescribed(account)))
                .orElseGet(() ->
                        SimulatedAnswer.error(401, "Unauthorized").withCookie("session=" + COOKIE_END.formatted(0)));
    }

    SimulatedAnswer logIn(Request request) {
        JsonNode body = request.json();
        if (!body.isObject()) {
            return SimulatedAnswer.error(400, "Invalid login data");
        }
        if (!body.path("username").isTextual() || !body.path("password").isTextual()) {
            return SimulatedAnswer.error(400, "Missing or invalid username/password");
        }
        return access.logIn(
                        body.path("username").asText(), body.path("password").asText())
                .map(AuthCalls::welcome)
                .orElseGet(() -> SimulatedAnswer.error(401, "Invalid credentials"));
    }

    private static SimulatedAnswer welcome(String token) {
        return SimulatedAnswer.ok("{\"success\":true,\"redirect\":\"/index.html\"}")
                .withCookie("session=" + token + COOKIE_END.formatted(SESSION_SECONDS));
    }

    private JsonText described(Account account) {
        JsonText json = new JsonText()
                .beginObject()
                .field("authenticated", true)
                .field("id", access.id(account))
                .field("username", account.username())
                .field("email", "")
                .field("role", account.role().word())
                .field("role_id", account.role().ordinal())
                .field("is_active", true)
                .field("password_change_locked", false);
        return withTimes(json.field("auth_enabled", true));
    }

    private static JsonText undescribed(Account account) {
        JsonText json = new JsonText()
                .beginObject()
                .field("authenticated", true)
                .field("username", account.username())
                .field("role", account.role().word());
        return withTimes(json.field("auth_enabled", false));
    }

    private static JsonText withTimes(JsonText json) {
        return json.field("auth_timeout_hours", 24)
                .field("auth_absolute_timeout_hours", 168)
                .field("trusted_device_days", 30)
                .endObject();
    }
}
