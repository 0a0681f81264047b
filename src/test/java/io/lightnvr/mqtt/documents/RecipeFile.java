package io.lightnvr.mqtt.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file below {@code docs/recipes} that people copy or import, for the tests that run it. Files that the steps of a page put
 * in their place need none: they run with the steps.
 */
public enum RecipeFile {
    BLUEPRINT_INDOORS("home-assistant/blueprints/indoors.yaml"),
    BLUEPRINT_LIGHT("home-assistant/blueprints/light.yaml"),
    BLUEPRINT_NOBODY_HOME("home-assistant/blueprints/nobody-home.yaml"),
    BLUEPRINT_NOTIFICATION("home-assistant/blueprints/notification.yaml"),
    BLUEPRINT_VISIT("home-assistant/blueprints/visit.yaml"),
    DASHBOARD("home-assistant/dashboard.yaml"),
    ON_SOMEBODY_STAYING("home-assistant/automations/on-somebody-staying.yaml"),
    ON_THE_DEVICE_TRIGGER("home-assistant/automations/on-the-device-trigger.yaml"),
    ON_THE_EVENT("home-assistant/automations/on-the-event.yaml"),
    ON_THE_TOPIC("home-assistant/automations/on-the-topic.yaml"),
    ON_THE_VISIT("home-assistant/automations/on-the-visit.yaml"),
    COUNT_PER_LABEL("node-red/count-per-label.json"),
    EVENTS_TO_CSV("node-red/events-to-csv.json"),
    GAP_AND_REPEAT("node-red/gap-and-repeat.json"),
    PERSON_AT_NIGHT("node-red/person-at-night.json"),
    VISIT_TO_WEBHOOK("node-red/visit-to-webhook.json"),
    DOCUMENTED_ALERT("scripts/documented-alert.sh"),
    DOCUMENTED_LISTEN("scripts/documented-listen.py"),
    LISTEN("scripts/listen.py"),
    PROMETHEUS_ALERTS("scripts/prometheus-alerts.yaml");

    /** The folder of all of them. */
    static final String FOLDER = "docs/recipes";

    private final String file;

    RecipeFile(String file) {
        this.file = FOLDER + "/" + file;
    }

    /** Where it is, seen from the project's folder. */
    public String file() {
        return file;
    }

    /** Where it is. */
    public Path path() {
        return Document.PROJECT.resolve(file);
    }

    /** What it is called in its folder. */
    public String fileName() {
        return path().getFileName().toString();
    }

    /** What stands in it. */
    public String text() {
        try {
            return Files.readString(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
