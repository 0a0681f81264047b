package io.lightnvr.mqtt.web;

/** Answers what the page asks while the configuration is missing or refused, and there is no bridge. */
final class SetupRoutes implements Routes {

    private final SetupPage.Missing missing;

    SetupRoutes(SetupPage.Missing missing) {
        this.missing = missing;
    }

    @Override
    public Answer answer(Request request) {
        return switch (request.path()) {
            case "healthz" -> Answer.error(503, "The configuration is missing or refused");
            case "api/setup" -> Answer.json(setup());
            case "api/events" -> Answer.events();
            default -> Answer.error(404, "There is no bridge: its configuration is missing or refused");
        };
    }

    private byte[] setup() {
        return PageJson.object(json -> {
            json.writeStringField("version", missing.version());
            json.writeArrayFieldStart("problems");
            for (SetupPage.Trouble trouble : missing.troubles()) {
                json.writeStartObject();
                json.writeStringField("key", trouble.key());
                json.writeStringField("sentence", trouble.sentence());
                json.writeStringField("what_to_do", trouble.whatToDo());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
