package io.lightnvr.mqtt.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.RenderedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every outbox promises. */
abstract class OutboxContract {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("Back Yard");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /**
     * @param maxEvents how many events it holds
     */
    abstract Outbox outbox(int maxEvents);

    @Test
    void handsOutWhatWasAddedInOrder() {
        Outbox outbox = outbox(10);
        outbox.add(List.of(event(DOOR, "a"), event(DOOR, "b")));
        outbox.add(List.of(event(DOOR, "c")));

        List<Numbered> taken = outbox.take(10, Set.of());

        assertThat(taken).extracting(numbered -> numbered.event().eventId()).containsExactly("a", "b", "c");
        assertThat(taken).extracting(Numbered::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void numbersEachStreamByItself() {
        Outbox outbox = outbox(10);
        outbox.add(List.of(event(DOOR, "a"), event(YARD, "b"), event(DOOR, "c")));

        List<Numbered> taken = outbox.take(10, Set.of());

        assertThat(taken).extracting(Numbered::sequence).containsExactly(1L, 1L, 2L);
    }

    @Test
    void handsOutNoMoreThanAskedForAndNothingTwice() {
        Outbox outbox = outbox(10);
        outbox.add(List.of(event(DOOR, "a"), event(DOOR, "b"), event(DOOR, "c")));

        assertThat(outbox.take(2, Set.of())).hasSize(2);
        assertThat(outbox.take(2, Set.of())).extracting(Numbered::sequence).containsExactly(3L);
        assertThat(outbox.take(2, Set.of())).isEmpty();
    }

    @Test
    void letsTheEventsOfExceptedStreamsWaitAndKeepTheirPlaces() {
        Outbox outbox = outbox(10);
        outbox.add(List.of(event(DOOR, "a"), event(YARD, "b"), event(DOOR, "c")));

        assertThat(outbox.take(10, Set.of(DOOR)))
                .extracting(numbered -> numbered.event().eventId())
                .containsExactly("b");
        assertThat(outbox.take(10, Set.of()))
                .extracting(numbered -> numbered.event().eventId())
                .containsExactly("a", "c");
    }

    @Test
    void countsAnEventAsWaitingUntilItIsRemoved() {
        Outbox outbox = outbox(10);
        outbox.add(List.of(event(DOOR, "a"), event(DOOR, "b")));

        List<Numbered> taken = outbox.take(1, Set.of());

        assertThat(outbox.backlog().waiting()).isEqualTo(2);
        assertThat(outbox.backlog().oldest()).contains(NOON);
        outbox.remove(taken);
        assertThat(outbox.backlog().waiting()).isEqualTo(1);
        outbox.remove(outbox.take(1, Set.of()));
        assertThat(outbox.backlog()).isEqualTo(new Backlog(0, java.util.Optional.empty(), 0));
    }

    @Test
    void givesUpTheOldestWaitingEventWhenItIsFullAndCountsIt() {
        Outbox outbox = outbox(3);
        outbox.add(List.of(event(DOOR, "a"), event(DOOR, "b"), event(DOOR, "c"), event(DOOR, "d")));

        List<Numbered> left = outbox.take(10, Set.of());

        assertThat(outbox.backlog().dropped()).isOne();
        assertThat(left).extracting(numbered -> numbered.event().eventId()).containsExactly("b", "c", "d");
        assertThat(left)
                .as("a gap shows what was given up")
                .extracting(Numbered::sequence)
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void neverGivesUpWhatIsOnItsWay() {
        Outbox outbox = outbox(2);
        outbox.add(List.of(event(DOOR, "a"), event(DOOR, "b")));
        List<Numbered> onItsWay = outbox.take(1, Set.of());

        outbox.add(List.of(event(DOOR, "c")));

        assertThat(onItsWay).extracting(numbered -> numbered.event().eventId()).containsExactly("a");
        assertThat(outbox.take(10, Set.of()))
                .extracting(numbered -> numbered.event().eventId())
                .containsExactly("c");
        assertThat(outbox.backlog().waiting()).isEqualTo(2);
    }

    @Test
    void hasAnIdOfItsOwn() {
        assertThat(outbox(1).storeId()).isNotEmpty().isNotEqualTo(outbox(1).storeId());
    }

    private static RenderedEvent event(StreamName stream, String id) {
        return new RenderedEvent(stream, NOON.getEpochSecond(), id, NOON, new byte[0], new byte[0]);
    }
}
