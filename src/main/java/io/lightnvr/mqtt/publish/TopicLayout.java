package io.lightnvr.mqtt.publish;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.event.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The topics of the bridge.
 *
 * @param prefix the beginning of all topics, such as {@code lightnvr}; neither begins nor ends with {@code /}
 */
public record TopicLayout(String prefix) {

    private static final String ALERTS = "alerts/";
    private static final String CONTROL = "control/";
    private static final String TRIGGER = "trigger/";
    private static final String PAUSE = "/pause";
    private static final String SET = "/set";

    public TopicLayout {
        if (prefix.isEmpty() || prefix.startsWith("/") || prefix.endsWith("/")) {
            throw new IllegalArgumentException(
                    "Topic prefix [%s] must not be empty, and must neither begin nor end with /".formatted(prefix));
        }
    }

    /** The documented topic of a stream's events, which existing automations know; two streams may share it. */
    public Topic detections(StreamName stream) {
        return topic("detections/" + stream.slug());
    }

    /** The topic of a stream's enriched events. */
    public Topic events(StreamName stream) {
        return topic("events/" + stream.key());
    }

    /** The topic of what a stream's visits are for the first time, and of their ends, for Home Assistant. */
    public Topic visitEvents(StreamName stream) {
        return topic("visits/" + stream.key() + "/event");
    }

    /** The retained topic of when the last visit of a stream began, and how long it was. */
    public Topic lastVisit(StreamName stream) {
        return topic("visits/" + stream.key() + "/last");
    }

    /** The topic of the reports of a stream's visits. */
    public Topic visits(StreamName stream) {
        return topic("visits/" + stream.key());
    }

    /** The retained topic of whether visits of a stream alert. */
    public Topic alerts(StreamName stream) {
        return topic(ALERTS + stream.key());
    }

    /** The retained topic of how long a visit that alerts keeps others of its type quiet, in minutes. */
    public Topic alertPause(StreamName stream) {
        return topic(ALERTS + stream.key() + PAUSE);
    }

    /** The topic on which users say what becomes of a topic of alerts. */
    public static Topic set(Topic alerts) {
        return new Topic(alerts.name() + SET);
    }

    /** The filters of what users say about alerts. */
    public List<String> alertCommands() {
        String each = prefix + "/" + ALERTS + "+";
        return List.of(each + SET, each + PAUSE + SET);
    }

    /**
     * Reads the topic of what a user says about alerts.
     *
     * @param take takes the key of the stream, and whether it is about the pause
     */
    public void alertCommand(Topic topic, BiConsumer<String, Boolean> take) {
        String name = topic.name();
        String start = prefix + "/" + ALERTS;
        if (name.startsWith(start) && name.endsWith(SET) && name.length() > start.length() + SET.length()) {
            String key = name.substring(start.length(), name.length() - SET.length());
            boolean isPause = key.endsWith(PAUSE);
            take.accept(isPause ? key.substring(0, key.length() - PAUSE.length()) : key, isPause);
        }
    }

    /** The retained topic of what can be controlled of a stream, and how its switches are. */
    public Topic control(StreamName stream) {
        return topic(CONTROL + stream.key());
    }

    /** The topic on which people say what the recorder shall do with a stream. */
    public Topic command(StreamName stream, Control control) {
        return control == Control.TRIGGER
                ? topic(TRIGGER + stream.key())
                : topic(CONTROL + stream.key() + "/" + control.word() + SET);
    }

    /** The filter of what can be controlled. */
    public String controls() {
        return prefix + "/" + CONTROL + "+";
    }

    /** The filters of what people say to the recorder. */
    public List<String> commands() {
        return List.of(prefix + "/" + CONTROL + "+/+" + SET, prefix + "/" + TRIGGER + "+");
    }

    /**
     * Reads the topic of what somebody says to the recorder.
     *
     * @param take takes the key of the stream, and what it is about
     */
    public void command(Topic topic, BiConsumer<String, Control> take) {
        String[] levels =
                owns(topic.name()) ? topic.name().substring(prefix.length() + 1).split("/", -1) : new String[0];
        if (levels.length == 2 && TRIGGER.equals(levels[0] + "/")) {
            take.accept(levels[1], Control.TRIGGER);
        } else if (levels.length == 4 && CONTROL.equals(levels[0] + "/") && SET.equals("/" + levels[3])) {
            Control.of(levels[2])
                    .filter(control -> control != Control.TRIGGER)
                    .ifPresent(control -> take.accept(levels[1], control));
        }
    }

    /** The retained topic of what a stream shows now. */
    public Topic state(StreamName stream) {
        return topic("state/" + stream.key());
    }

    /** The retained topic that shows whether the bridge is connected; also the topic of the will. */
    public Topic availability() {
        return topic("availability");
    }

    /** The retained topic that shows whether the recorder answers and a stream runs. */
    public Topic availability(StreamName stream) {
        return topic("availability/" + stream.key());
    }

    /** The filters of the retained topics that say what is there now, but for {@link #controls}. */
    public List<String> current() {
        String alerts = prefix + "/" + ALERTS + "+";
        return List.of(availability().name(), prefix + "/availability/+", prefix + "/state/+", alerts, alerts + PAUSE);
    }

    /** Whether a topic says what is there now. */
    public boolean isCurrent(Topic topic) {
        String name = topic.name();
        return topic.equals(availability())
                || name.startsWith(prefix + "/availability/")
                || name.startsWith(prefix + "/state/")
                || name.startsWith(prefix + "/" + ALERTS) && !name.endsWith(SET)
                || name.startsWith(prefix + "/" + CONTROL) && !name.endsWith(SET);
    }

    /** The retained topic of the bridge's counts and findings. */
    public Topic bridgeState() {
        return topic("bridge/state");
    }

    /** The retained topic of how full the recorder's storage is. */
    public Topic recorderStorage() {
        return topic("bridge/storage");
    }

    /** The topic of the button that publishes everything again. */
    public Topic announce() {
        return topic("bridge/announce");
    }

    /** A topic to which nobody subscribes by its name; nothing is kept there. */
    public Topic nobody() {
        return topic("nobody");
    }

    /** The retained topic of the marker, by which a broker shows that it has kept the announcements. */
    public Topic announced() {
        return topic("bridge/announced");
    }

    /** The retained topic of a stream's newest picture. */
    public Topic image(StreamName stream) {
        return topic("image/" + stream.key());
    }

    /** The retained topic of a stream's newest still. */
    public Topic snapshot(StreamName stream) {
        return topic("snapshot/" + stream.key());
    }

    /** All topics of a stream that are always retained. */
    public List<Topic> retained(StreamName stream) {
        List<Topic> retained = new ArrayList<>(List.of(availability(stream), state(stream)));
        retained.addAll(retainedOfVisits(stream));
        retained.addAll(List.of(control(stream), image(stream), snapshot(stream)));
        return retained;
    }

    /** Those of them that tell of visits. */
    public List<Topic> retainedOfVisits(StreamName stream) {
        return List.of(lastVisit(stream), alerts(stream), alertPause(stream));
    }

    /** Whether a topic of this bridge is always retained. False for documented events, which may be, and for topic filters. */
    public boolean keeps(String topic) {
        boolean isOfVisits = owns(topic, "visits/") && !topic.endsWith("/last");
        boolean isOfEvents = isOfVisits || owns(topic, "events/") || owns(topic, "detections/");
        return owns(topic) && !isOfEvents && Topic.isName(topic);
    }

    private boolean owns(String topic, String below) {
        return topic.startsWith(prefix + "/" + below);
    }

    /** Whether a topic is below the prefix. */
    public boolean owns(String topic) {
        return topic.startsWith(prefix + "/");
    }

    private Topic topic(String rest) {
        return new Topic(prefix + "/" + rest);
    }
}
