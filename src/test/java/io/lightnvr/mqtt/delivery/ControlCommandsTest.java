package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people, and whoever else may write there, say to the recorder. */
class ControlCommandsTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final List<String> taken = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final ControlCommands commands = new ControlCommands(
            new TopicLayout("lightnvr"),
            filter -> {},
            filter -> {},
            (key, command) -> taken.add(key + ": " + command.wish()),
            troubles::add,
            0);

    @Test
    void takesCommandsInTheirOrder() {
        say("control/door/detection/set", "OFF");
        say("control/door/detection/set", "ON");
        say("control/yard/ptz_preset/set", "Gate");
        say("trigger/yard", "{\"action\":\"pulse\"}");

        assertThat(taken)
                .containsExactly("door: Detection off", "door: Detection on", "yard: PTZ preset Gate", "yard: Trigger");
        assertThat(troubles).isEmpty();
    }

    @Test
    void ignoresWhatIsRetainedAndSaysSo() {
        commands.received(topic("control/door/privacy/set"), bytes("ON"), true, 0);

        assertThat(taken).isEmpty();
        assertThat(troubles)
                .containsExactly("Ignoring a command on lightnvr/control/door/privacy/set: it is retained, so that it"
                        + " would be carried out again at each start: publish it without retain");
    }

    @Test
    void saysNothingWhenARetainedCommandIsCleared() {
        commands.received(topic("control/door/privacy/set"), new byte[0], true, 0);

        assertThat(taken).isEmpty();
        assertThat(troubles).isEmpty();
    }

    @Test
    void saysNowAndThenWhatItDoesNotUnderstand() {
        for (int i = 0; i < 11_000; i++) {
            commands.received(topic("control/door/detection/set"), bytes("O\u001b[2JFF\n forged"), false, i * MILLI);
        }

        assertThat(troubles)
                .hasSize(2)
                .containsOnly("Ignoring \"O?[2JFF? forged\" on lightnvr/control/door/detection/set: use ON or OFF");
        assertThat(taken).isEmpty();
    }

    @Test
    void readsNoOtherTopics() {
        say("control/door", "ON");
        say("control/door/detection", "ON");
        say("control/door/detection/set/set", "ON");
        say("control/door/trigger/set", "{\"action\":\"pulse\"}");
        say("control/door/reboot/set", "ON");
        say("trigger/door/set", "{\"action\":\"pulse\"}");
        commands.received(new Topic("other/control/door/detection/set"), bytes("ON"), false, 0);

        assertThat(taken).isEmpty();
        assertThat(troubles).isEmpty();
    }

    private void say(String below, String text) {
        commands.received(topic(below), bytes(text), false, 0);
    }

    private static Topic topic(String below) {
        return new Topic("lightnvr/" + below);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
