package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lightnvr.mqtt.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private static final int QUEUE = 64 << 10;
    private static final int OVERHEAD = "event: x\ndata: \n\n".length();

    private static final long MINUTE = 60_000_000_000L;

    private long now = Long.MAX_VALUE - MINUTE;
    private final Broadcast broadcast = new Broadcast(() -> bytes("{\"started\":\"now\"}"), () -> now);
    private int cutOff;

    @Test
    void saysHelloFirst() throws Exception {
        Listener listener = listen();

        broadcast.send("part", () -> bytes("{}"));

        assertThat(next(listener)).isEqualTo("retry: 1000\n\n");
        assertThat(next(listener)).isEqualTo("event: hello\ndata: {\"started\":\"now\"}\n\n");
        assertThat(next(listener)).isEqualTo("event: part\ndata: {}\n\n");
    }

    @Test
    void makesNothingWhenNobodyListens() {
        broadcast.send("part", () -> fail("Nobody listens"));
        assertThat(broadcast.hasListeners()).isFalse();

        Listener listener = listen();
        assertThat(broadcast.hasListeners()).isTrue();
        broadcast.leave(listener);

        assertThat(broadcast.hasListeners()).isFalse();
    }

    @Test
    void makesAnEventOnceForAll() throws Exception {
        List<Listener> listeners = List.of(greeted(), greeted(), greeted());
        List<String> made = new ArrayList<>();

        broadcast.send("x", () -> {
            made.add("x");
            return bytes("1");
        });

        assertThat(made).hasSize(1);
        for (Listener listener : listeners) {
            assertThat(next(listener)).isEqualTo("event: x\ndata: 1\n\n");
        }
    }

    @Test
    void anEventThatCannotBeMadeIsNoFaultOfTheSender() throws Exception {
        Listener listener = greeted();

        try (CapturedLog log = new CapturedLog()) {
            broadcast.send("x", () -> {
                throw new IllegalStateException("Oops");
            });
            assertThat(log.lines()).contains("java.lang.IllegalStateException: Oops");
        }
        broadcast.send("x", () -> bytes("1"));

        assertThat(next(listener)).isEqualTo("event: x\ndata: 1\n\n");
    }

    @Test
    void anEventIsOneLine() throws Exception {
        Listener listener = greeted();

        broadcast.send("x", () -> bytes("{\r\n\"a\":\n1}"));

        assertThat(next(listener)).isEqualTo("event: x\ndata: {  \"a\": 1}\n\n");
    }

    @Test
    void commentsWhenNothingHappens() throws Exception {
        assertThat(next(greeted())).isEqualTo(":\n\n");
    }

    @Test
    void cutsOffOneWhoseQueueIsFullAndServesTheOthers() throws Exception {
        Listener slow = greeted();
        Listener quick = greeted();
        String half = "7".repeat(QUEUE / 2 - OVERHEAD);

        for (int i = 0; i < 2; i++) {
            broadcast.send("x", () -> bytes(half));
            assertThat(next(quick)).hasSize(QUEUE / 2);
        }
        assertThat(cutOff).isZero();
        broadcast.send("x", () -> bytes("1"));
        broadcast.send("x", () -> bytes("2"));

        assertThat(cutOff).isOne();
        assertThat(slow.next(Duration.ZERO)).isEmpty();
        assertThat(next(quick)).isEqualTo("event: x\ndata: 1\n\n");
        assertThat(next(quick)).isEqualTo("event: x\ndata: 2\n\n");
    }

    @Test
    void oneWhoKeepsUpGetsAnEventThatIsLongerThanAQueue() throws Exception {
        Listener listener = greeted();

        broadcast.send("x", () -> bytes("7".repeat(2 * QUEUE)));

        assertThat(cutOff).isZero();
        assertThat(next(listener)).hasSize(2 * QUEUE + OVERHEAD);
    }

    @Test
    void oneWhoHasLeftIsNotCutOff() throws Exception {
        Listener listener = greeted();
        broadcast.send("x", () -> bytes("7".repeat(QUEUE)));
        broadcast.leave(listener);

        listener.offer(bytes("8".repeat(QUEUE)));
        listener.offer(bytes("8".repeat(QUEUE)));

        assertThat(cutOff).isZero();
        assertThat(listener.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void twentyListenAtOnce() {
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            listeners.add(listen());
        }

        assertThat(broadcast.listen(() -> {})).isEmpty();
        broadcast.leave(listeners.get(7));
        assertThat(broadcast.listen(() -> {})).isPresent();
    }

    @Test
    void saysThatItClosesAfterAllElse() throws Exception {
        Listener listener = greeted();
        broadcast.send("x", () -> bytes("1"));

        broadcast.close(Duration.ZERO);
        broadcast.send("x", () -> bytes("2"));

        assertThat(next(listener)).isEqualTo("event: x\ndata: 1\n\n");
        assertThat(next(listener)).isEqualTo("event: closing\ndata: {}\n\n");
        assertThat(listener.next(Duration.ZERO)).isEmpty();
        assertThat(broadcast.listen(() -> {})).isEmpty();
    }

    @Test
    void closesAsSoonAsAllHaveLeft() throws Exception {
        Listener listener = greeted();
        Thread reader = new Thread(() -> {
            try {
                while (listener.next(Duration.ofMinutes(1)).isPresent()) {}
            } catch (InterruptedException e) {
                return;
            }
            broadcast.leave(listener);
        });
        reader.start();

        broadcast.close(Duration.ofMinutes(1));

        assertThat(broadcast.hasListeners()).isFalse();
        reader.join();
    }

    @Test
    void asksOneToConnectAgainAfterFiveMinutesWhateverWaits() throws Exception {
        Listener listener = greeted();
        broadcast.send("x", () -> bytes("1"));
        broadcast.send("x", () -> bytes("7".repeat(QUEUE - 3 * OVERHEAD)));
        now += 5 * MINUTE - 1;
        assertThat(next(listener)).isEqualTo("event: x\ndata: 1\n\n");
        assertThat(listener.isRenewing()).isFalse();

        now++;

        assertThat(next(listener)).isEqualTo("event: renew\ndata: {}\n\n");
        assertThat(listener.isRenewing()).isTrue();
        broadcast.send("x", () -> bytes("2"));
        assertThat(listener.next(Duration.ZERO)).isEmpty();
        assertThat(cutOff).isZero();
    }

    @Test
    void waitsNoLongerThanItsTimeForAnEvent() throws Exception {
        Listener listener = greeted();
        now += 5 * MINUTE;

        Optional<byte[]> frame = listener.next(Duration.ofDays(1));

        assertThat(frame).hasValue(bytes("event: renew\ndata: {}\n\n"));
    }

    @Test
    void oneThatIsToldOfTheEndIsNotAskedToComeAgain() throws Exception {
        Listener listener = greeted();
        broadcast.close(Duration.ZERO);
        now += 5 * MINUTE;

        assertThat(next(listener)).isEqualTo("event: closing\ndata: {}\n\n");
        assertThat(listener.next(Duration.ZERO)).isEmpty();
    }

    private Listener listen() {
        return broadcast.listen(() -> cutOff++).orElseThrow();
    }

    /** One that has had what everybody gets. */
    private Listener greeted() throws InterruptedException {
        Listener listener = listen();
        next(listener);
        next(listener);
        return listener;
    }

    private static String next(Listener listener) throws InterruptedException {
        Optional<byte[]> frame = listener.next(Duration.ZERO);
        return new String(frame.orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
