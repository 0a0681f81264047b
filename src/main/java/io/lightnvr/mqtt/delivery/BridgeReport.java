package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.delivery.RetainedTopics.Rank;
import io.lightnvr.mqtt.status.BridgeState;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.store.Backlog;
import io.lightnvr.mqtt.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Publishes the bridge's state on {@code {prefix}/bridge/state}: on change, at most every 10 s. For the delivery thread alone;
 * {@code now} is in nanoseconds of a monotonic clock.
 */
final class BridgeReport implements DeliveryPart {

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    /** At the start the recorder has a moment to answer, so that it is not reported offline for 10 s. */
    private static final long FIRST_NANOS = Duration.ofSeconds(5).toNanos();

    private final RetainedTopics retained;
    private final Topic topic;
    private final StatusBoard board;
    private final Store store;
    private final WallTime wall;
    private final BacklogMemory memory = new BacklogMemory(System::gc);
    private BridgeState.About about;
    private Optional<String> lastLoss = Optional.empty();
    private boolean recorderOnline;
    private int streams;
    private long due;
    private boolean isPublished;

    /** @param about with its start by the clock by which events grow old */
    BridgeReport(
            RetainedTopics retained,
            Topic topic,
            StatusBoard board,
            Store store,
            BridgeState.About about,
            WallTime wall,
            long now) {
        this.retained = retained;
        this.topic = topic;
        this.board = board;
        this.store = store;
        this.about = about;
        this.wall = wall;
        this.due = now + FIRST_NANOS;
    }

    @Override
    public void connected(DeliverySignal.Connected connection, long now) {
        if (!about.clientId().equals(connection.clientId())) {
            about = about.withClientId(connection.clientId());
            publish();
        }
    }

    @Override
    public void recorderAnswers(boolean online, long now) {
        recorderOnline = online;
        if (!isPublished) {
            due = now;
        }
    }

    @Override
    public void streamsListed(DeliverySignal.StreamsListed list, long now) {
        streams = list.wanted().streams().size();
    }

    /** The identity of this bridge. */
    BridgeState.About about() {
        return about;
    }

    /** Reports trouble, in a sentence for people. */
    void trouble(String sentence) {
        board.error(sentence);
    }

    /** Publishes the state once more, though nothing has changed. */
    void republish() {
        publish();
        retained.republish(Rank.STATE, topic);
    }

    @Override
    public void refresh(long now) {
        if (now - due >= 0) {
            due = now + EVERY_NANOS;
            publish();
        }
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return OptionalLong.of(due - now);
    }

    private void publish() {
        isPublished = true;
        Backlog backlog = store.backlog();
        backlog.loss().filter(loss -> !backlog.loss().equals(lastLoss)).ifPresent(board::error);
        lastLoss = backlog.loss();
        memory.waiting(backlog.waiting());
        backlog.trouble().ifPresent(board::error);
        StatusBoard.Counts counts = board.counts();
        BridgeState state = new BridgeState(
                about.withStarted(wall.of(about.started())),
                recorderOnline,
                streams,
                counts,
                backlog.dropped() + counts.givenUp(),
                backlog.waiting(),
                backlog.oldest().map(wall::of));
        retained.set(Rank.STATE, Message.retainedJson(topic, state.json()));
    }
}
