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

/**
 * What the bridge tells of itself: on change, at most every 10 s. For the delivery thread alone; {@code nanos} are of a
 * monotonic clock.
 */
public final class BridgeReport {

    private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    /** At the start the recorder has a moment to answer, or it would be told as away for 10 s. */
    private static final long FIRST_NANOS = Duration.ofSeconds(5).toNanos();

    private final RetainedTopics standing;
    private final Topic topic;
    private final StatusBoard board;
    private final Store store;
    private BridgeState.About about;
    private Optional<String> lastLoss = Optional.empty();
    private boolean recorderOnline;
    private int streams;
    private long due;
    private boolean said;

    public BridgeReport(
            RetainedTopics standing, Topic topic, StatusBoard board, Store store, BridgeState.About about, long nanos) {
        this.standing = standing;
        this.topic = topic;
        this.board = board;
        this.store = store;
        this.about = about;
        this.due = nanos + FIRST_NANOS;
    }

    /** Whether the recorder answers. */
    void recorder(boolean online, long nanos) {
        recorderOnline = online;
        if (!said) {
            due = nanos;
        }
    }

    /** How many streams there are. */
    void streams(int number) {
        streams = number;
    }

    /** We are connected under this id now. */
    void clientId(String id) {
        if (!about.clientId().equals(id)) {
            about = about.as(id);
            say();
        }
    }

    /** Who we are. */
    BridgeState.About about() {
        return about;
    }

    /** Something went wrong, in a sentence for people. */
    void trouble(String sentence) {
        board.error(sentence);
    }

    /** It is told once more, though nothing has changed. */
    void sayAgain() {
        say();
        standing.tellAgain(Rank.STATE, topic);
    }

    void refresh(long nanos) {
        if (nanos - due >= 0) {
            due = nanos + EVERY_NANOS;
            say();
        }
    }

    /** When {@link #refresh} must be called again. */
    long deadline() {
        return due;
    }

    private void say() {
        said = true;
        Backlog backlog = store.backlog();
        backlog.loss().filter(loss -> !backlog.loss().equals(lastLoss)).ifPresent(board::error);
        lastLoss = backlog.loss();
        backlog.trouble().ifPresent(board::error);
        StatusBoard.Counts counts = board.counts();
        BridgeState state = new BridgeState(
                about,
                recorderOnline,
                streams,
                counts,
                backlog.dropped() + counts.poisoned(),
                backlog.waiting(),
                backlog.oldest());
        standing.say(Rank.STATE, Message.retainedJson(topic, state.json()));
    }
}
