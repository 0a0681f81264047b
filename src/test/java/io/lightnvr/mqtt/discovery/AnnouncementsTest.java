package io.lightnvr.mqtt.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TopicLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {

    private static final StreamName DOOR = new StreamName("door");
    private static final StreamName YARD = new StreamName("yard");

    private final Discovery discovery =
            new Discovery("homeassistant", "lightnvr_mqtt", new TopicLayout("lightnvr"), "0.1.0");
    private final Announcements announcements = new Announcements(discovery);

    @Test
    void theBridgeComesFirst() {
        announcements.want(List.of(DOOR, YARD), true);

        assertSent(announcements.all(), List.of(discovery.bridge(), discovery.stream(DOOR), discovery.stream(YARD)));
    }

    @Test
    void allGivesTheSameBytesAgain() {
        announcements.want(List.of(DOOR), true);
        List<Message> first = announcements.all();

        assertSent(announcements.all(), first);
    }

    @Test
    void aNewStreamIsAnnouncedOnce() {
        announcements.want(List.of(DOOR), true);
        announcements.all();
        announcements.want(List.of(DOOR, YARD), true);

        assertSent(announcements.changes(), List.of(discovery.stream(YARD)));
        assertThat(announcements.changes()).isEmpty();
    }

    @Test
    void aStreamThatIsReallyGoneIsRemovedOnce() {
        announcements.want(List.of(DOOR, YARD), true);
        announcements.all();
        announcements.want(List.of(YARD), true);

        assertSent(announcements.changes(), discovery.gone(DOOR));
        assertThat(announcements.changes()).isEmpty();
        assertSent(announcements.all(), List.of(discovery.bridge(), discovery.stream(YARD)));
    }

    @Test
    void aStreamOutOfSightStays() {
        announcements.want(List.of(DOOR, YARD), true);
        announcements.all();
        announcements.want(List.of(YARD), false);

        assertThat(announcements.changes()).isEmpty();
        assertSent(announcements.all(), List.of(discovery.bridge(), discovery.stream(DOOR), discovery.stream(YARD)));
    }

    @Test
    void aStreamThatWentWithoutAConnectionIsRemovedOnTheNext() {
        announcements.want(List.of(DOOR), true);
        announcements.all();
        announcements.want(List.of(), true);

        assertSent(
                announcements.all(),
                Stream.concat(discovery.gone(DOOR).stream(), Stream.of(discovery.bridge()))
                        .toList());
    }

    @Test
    void aStreamThatCameBackUnnoticedIsLeftAlone() {
        announcements.want(List.of(DOOR), true);
        announcements.all();
        announcements.want(List.of(), true);
        announcements.want(List.of(DOOR), true);

        assertThat(announcements.changes()).isEmpty();
    }

    @Test
    void aStreamThatWasNeverAnnouncedIsNotRemoved() {
        announcements.want(List.of(DOOR), true);
        announcements.want(List.of(), true);

        assertThat(announcements.changes()).isEmpty();
    }

    private static void assertSent(List<Message> sent, List<Message> expected) {
        assertThat(sent).usingRecursiveFieldByFieldElementComparator().isEqualTo(expected);
    }
}
