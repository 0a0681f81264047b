package io.lightnvr.mqtt.documents;

import io.lightnvr.mqtt.documents.Document.Code;

/**
 * A piece of code that a page shows, for the test that runs it or holds it against the program. The page alone has its text; who
 * moves it or changes its heading changes one line here.
 */
public enum Example {
    DEMO(Pages.README, "# LightNVR MQTT", "sh"),
    SUBSCRIBE(Pages.README, "## What you get", "sh"),
    RUN_WITHOUT_A_FILE(Pages.README, "## Without Home Assistant", "sh"),

    PROXY(Pages.PAGE, "## Open it", "text"),

    CONFIGURATION(Pages.CONFIGURATION, "## The file", "yaml"),
    RUN_ON_A_SMALL_MACHINE(Pages.CONFIGURATION, "## The commands", "sh"),
    PUBLISH(Pages.CONFIGURATION, "### A test event", "sh"),
    CHECK(Pages.CONFIGURATION, "### The doctor", "sh"),
    CHECK_SHOWS(Pages.CONFIGURATION, "### The doctor", "text"),
    BROKER_IS_THERE(Pages.CONFIGURATION, "### By hand", "sh"),
    ASK_THE_RECORDER(Pages.CONFIGURATION, "### By hand", "sh", 2),

    DETECTION(Pages.TOPICS, "## An event", "json"),
    ENRICHED_EVENT(Pages.TOPICS, "## The enriched event", "json"),
    STATE(Pages.TOPICS, "## What is there now", "json"),
    VISIT(Pages.TOPICS, "## A visit", "json"),
    CONTROLS(Pages.TOPICS, "## Controls", "json"),
    TRIGGER(Pages.TOPICS, "## Controls", "json", 2),
    BRIDGE_STATE(Pages.TOPICS, "## The state of the bridge", "json"),

    WHAT_WAITS(Pages.HOW_IT_WORKS, "## The store", "sh"),

    SYSTEMD(Pages.DOCS, "### With systemd", "sh"),

    VERIFY_AN_IMAGE(Pages.SECURITY, "## How to check an image", "sh"),

    LOGIN_STEPS(Pages.BROKER, "## A login", "sh"),
    LOGIN(Pages.BROKER, "## A login", "yaml"),
    READER(Pages.BROKER, "### Does it work?", "sh"),
    TWO_RECORDERS_STEPS(Pages.BROKER, "## Two recorders on one broker", "sh"),
    TWO_RECORDERS(Pages.BROKER, "## Two recorders on one broker", "yaml"),
    AUTHORITY(Pages.BROKER, "### 1. The authority", "sh"),
    BROKER_CERTIFICATE(Pages.BROKER, "### 2. The broker's certificate", "sh"),
    TLS_STEPS(Pages.BROKER, "### 3. Mosquitto", "sh"),
    TLS(Pages.BROKER, "### 4. The bridge", "yaml"),
    TLS_SERVICE_STEPS(Pages.BROKER, "### 4. The bridge", "sh"),
    TLS_READER(Pages.BROKER, "### 5. Home Assistant and the others", "sh"),
    CLIENT_CERTIFICATES(Pages.BROKER, "### A certificate for each client", "sh"),
    CLIENT_CERTIFICATES_STEPS(Pages.BROKER, "### Mosquitto with certificates", "sh"),
    CLIENT_CERTIFICATE(Pages.BROKER, "### The bridge with a certificate", "yaml"),
    CLIENT_CERTIFICATE_SERVICE_STEPS(Pages.BROKER, "### The bridge with a certificate", "sh"),
    KEY_IN_ANOTHER_FORM(Pages.BROKER, "### A key in another form", "sh"),
    READER_WITH_CERTIFICATE(Pages.BROKER, "### The others with certificates", "sh"),
    LOST_KEY(Pages.BROKER, "### When a key is lost", "sh"),

    COPY_BLUEPRINTS(Pages.HOME_ASSISTANT, "## Blueprints", "sh"),
    TO_YOUR_PHONE(Pages.HOME_ASSISTANT, "## To your phone", "yaml"),
    DEVICE_OF_AN_ENTITY(Pages.HOME_ASSISTANT, "## Automations", "jinja"),

    CLEAR_WHAT_IS_LEFT(Pages.MOVING_OVER, "## 3. Clear what is left", "sh"),
    CLEAR_KEPT_EVENTS(Pages.MOVING_OVER, "### Events that the broker has kept", "sh"),
    CLEAR_ITS_AVAILABILITY(Pages.MOVING_OVER, "### Its availability", "sh"),

    TRY_A_FLOW(Pages.NODE_RED, "## Try it", "sh"),

    EVENTS_IN_A_SHELL(Pages.SCRIPTS, "### Events as they come", "sh"),
    PERSONS_IN_A_SHELL(Pages.SCRIPTS, "### Persons only", "sh"),
    NUMBERED_IN_A_SHELL(Pages.SCRIPTS, "### With id and number", "sh"),
    KEPT_IN_A_SHELL(Pages.SCRIPTS, "### What the broker keeps", "sh"),
    BRIDGE_IN_A_SHELL(Pages.SCRIPTS, "### The state of the bridge", "sh"),
    PROMETHEUS(Pages.SCRIPTS, "## Prometheus", "yaml");

    private final String page;
    private final String heading;
    private final String language;
    private final int number;

    Example(String page, String heading, String language) {
        this(page, heading, language, 1);
    }

    /**
     * @param page its path
     * @param heading the one above it, with its {@code #}
     * @param number 1 for the first of this language below the heading
     */
    Example(String page, String heading, String language, int number) {
        this.page = page;
        this.heading = heading;
        this.language = language;
        this.number = number;
    }

    /** Its text, to the letter. */
    public String text() {
        return Document.of(page).codes().stream()
                .filter(this::is)
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError("%s has no code %s below \"%s\" that is number %d there; correct Example.%s"
                                .formatted(page, language, heading, number, this)))
                .text();
    }

    /** Whether it is that piece of code. */
    boolean is(Code code) {
        return code.page().equals(page)
                && code.heading().equals(heading)
                && code.language().equals(language)
                && code.number() == number;
    }

    private static final class Pages {

        private static final String README = "README.md";
        private static final String DOCS = "DOCS.md";
        private static final String CONFIGURATION = "docs/configuration.md";
        private static final String HOW_IT_WORKS = "docs/how-it-works.md";
        private static final String PAGE = "docs/page.md";
        private static final String TOPICS = "docs/topics.md";
        private static final String SECURITY = "SECURITY.md";
        private static final String BROKER = "docs/recipes/broker.md";
        private static final String HOME_ASSISTANT = "docs/recipes/home-assistant.md";
        private static final String MOVING_OVER = "docs/recipes/moving-over.md";
        private static final String NODE_RED = "docs/recipes/node-red.md";
        private static final String SCRIPTS = "docs/recipes/scripts.md";

        private Pages() {}
    }
}
