package io.lightnvr.mqtt.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the memory of a backlog is given back. */
class BacklogMemoryTest {

    private int collections;
    private final BacklogMemory memory = new BacklogMemory(() -> collections++);

    @Test
    void isGivenBackOnceWhenTheLastEventOfALongBacklogIsGone() {
        memory.waiting(5_000);
        memory.waiting(1);
        assertThat(collections).isZero();

        memory.waiting(0);
        memory.waiting(0);

        assertThat(collections).isOne();
    }

    @Test
    void isGivenBackAgainAfterTheNextOne() {
        memory.waiting(5_000);
        memory.waiting(0);
        memory.waiting(20_000);
        memory.waiting(0);

        assertThat(collections).isEqualTo(2);
    }

    @Test
    void isLeftToTheCollectorAfterAShortOne() {
        memory.waiting(4_999);
        memory.waiting(0);

        assertThat(collections).isZero();
    }
}
