package io.lightnvr.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.documents.Document;
import io.lightnvr.mqtt.event.StreamName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicLayoutTest {

    private static final StreamName BACK_YARD = new StreamName("Back Yard");

    private final TopicLayout topics = new TopicLayout("home/nvr");

    @Test
    void onlyTheDocumentedTopicHasTheSlug() {
        assertThat(topics.detections(BACK_YARD)).hasToString("home/nvr/detections/Back_Yard");
        assertThat(topics.events(BACK_YARD)).hasToString("home/nvr/events/" + BACK_YARD.key());
        assertThat(topics.state(BACK_YARD)).hasToString("home/nvr/state/" + BACK_YARD.key());
        assertThat(topics.availability(BACK_YARD)).hasToString("home/nvr/availability/" + BACK_YARD.key());
    }

    @Test
    void theBridgeHasTopicsOfItsOwn() {
        assertThat(topics.availability()).hasToString("home/nvr/availability");
        assertThat(topics.bridgeState()).hasToString("home/nvr/bridge/state");
        assertThat(topics.announce()).hasToString("home/nvr/bridge/announce");
        assertThat(topics.announced()).hasToString("home/nvr/bridge/announced");
    }

    /** Those that later versions add, too. */
    @Test
    void allStandOnThePageOfTopics() throws ReflectiveOperationException {
        StreamName stream = new StreamName("front_door");
        List<String> all = new ArrayList<>();
        for (Method topic : TopicLayout.class.getMethods()) {
            if (topic.getReturnType() == Topic.class && !Modifier.isStatic(topic.getModifiers())) {
                Object[] arguments = List.of(stream, Control.DETECTION)
                        .subList(0, topic.getParameterCount())
                        .toArray();
                all.add(topic.invoke(topics, arguments).toString());
            }
        }
        String page = String.join("\n", Document.of("docs/topics.md").lines()).replace("{slug}", "{key}");

        assertThat(all)
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(page)
                        .contains("`"
                                + topic.replace("home/nvr", "{prefix}")
                                        .replace("front_door", "{key}")
                                        .replace("/" + Control.DETECTION.word() + "/", "/{control}/")
                                + "`"));
    }

    @Test
    void readsTheCommandsThatItNames() {
        for (Control control : Control.values()) {
            List<String> read = new ArrayList<>();

            topics.command(topics.command(BACK_YARD, control), (key, about) -> read.add(key + " " + about));

            assertThat(read).containsExactly(BACK_YARD.key() + " " + control);
        }
        assertThat(topics.command(BACK_YARD, Control.TRIGGER)).hasToString("home/nvr/trigger/" + BACK_YARD.key());
        assertThat(topics.command(BACK_YARD, Control.PTZ_HOME))
                .hasToString("home/nvr/control/" + BACK_YARD.key() + "/ptz_home/set");
        assertThat(topics.commands()).containsExactly("home/nvr/control/+/+/set", "home/nvr/trigger/+");
    }

    @Test
    void aTopicOfControlsSaysWhatIsThereNow() {
        assertThat(topics.isCurrent(topics.control(BACK_YARD))).isTrue();
        assertThat(topics.isCurrent(topics.command(BACK_YARD, Control.PRIVACY))).isFalse();
        assertThat(topics.retained(BACK_YARD)).contains(topics.control(BACK_YARD));
    }

    @Test
    void knowsWhereTheBrokerKeepsSomethingOfOurs() {
        assertThat(List.of(
                        topics.state(BACK_YARD),
                        topics.availability(BACK_YARD),
                        topics.image(BACK_YARD),
                        topics.snapshot(BACK_YARD)))
                .allMatch(topic -> topics.keeps(topic.name()));
        assertThat(List.of(
                        "home/nvr/events/x",
                        "home/nvr/detections/x",
                        "home/nvr/#",
                        "home/nvr/state/+",
                        "home/nvr2/state/x"))
                .noneMatch(topics::keeps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/nvr", "nvr/"})
    void saysWhatAPrefixMustBe(String prefix) {
        assertThatThrownBy(() -> new TopicLayout(prefix))
                .hasMessage("Topic prefix [" + prefix + "] must not be empty, and must neither begin nor end with /");
    }
}
