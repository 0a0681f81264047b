package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.broker.Backoff;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries detections from the recorder to the outbox: the first of the two loops. Lists the streams every 30 s and polls each
 * of them at its own pace. A failure is tried again with back-off. While the recorder is silent only the list is asked for;
 * when the recorder comes back every stream is polled at once.
 */
public final class Intake implements StreamPolling.Recorder {

    private static final Duration LIST_EVERY = Duration.ofSeconds(30);

    /** Longer than any question takes, of which a silent recorder answers none, and longer than any pause. */
    private static final Duration STALLED = Duration.ofMinutes(1);

    private final DetectionSource source;
    private final StreamSelection selection;
    private final OutboxWriter outbox;
    private final IntakeListener listener;
    private final RecorderWatch watch;
    private final IntakeTimes times;
    private final Map<StreamName, StreamPolling> pollings = new ConcurrentHashMap<>();
    private final RecorderWatch.Question listQuestion;
    private final Backoff listBackoff;
    private final RepeatingTask listing;
    private volatile long workedAt;

    Intake(
            DetectionSource source,
            StreamSelection selection,
            OutboxWriter outbox,
            IntakeListener listener,
            RecorderWatch watch,
            IntakeTimes times) {
        this.source = source;
        this.selection = selection;
        this.outbox = outbox;
        this.listener = listener;
        this.watch = watch;
        this.times = times;
        this.listQuestion = watch.question();
        this.listBackoff = times.backoff();
        this.listing = new RepeatingTask(times.scheduler(), this::list);
        this.workedAt = times.now();
    }

    /** Begins to list and to poll. */
    public void start() {
        listing.wake();
    }

    /** Whether intake works, whatever the recorder answers: something was asked, or deliberately not asked, in the last minute. */
    public boolean isWorking() {
        return times.now() - workedAt <= STALLED.toNanos();
    }

    private Duration list() throws InterruptedException {
        try {
            StreamList list = source.streams();
            listBackoff.reset();
            follow(list);
            answered(listQuestion);
            return LIST_EVERY;
        } catch (SourceException e) {
            failed(listQuestion, e);
            return listBackoff.next();
        }
    }

    private void follow(StreamList list) {
        StreamSelection.Selection selected = selection.select(list);
        listener.streamsListed(selected);
        Map<StreamName, StreamPolling> gone = new HashMap<>(pollings);
        for (StreamList.Stream stream : selected.wanted().streams()) {
            if (gone.remove(stream.name()) == null) {
                StreamPolling polling = new StreamPolling(stream.name(), source, outbox, this, times);
                pollings.put(stream.name(), polling);
                polling.wake();
            }
        }
        gone.forEach((name, polling) -> {
            pollings.remove(name);
            polling.end();
        });
    }

    @Override
    public RecorderWatch.Question question() {
        return watch.question();
    }

    @Override
    public Optional<Duration> pause() {
        workedAt = times.now();
        return watch.pause(workedAt);
    }

    @Override
    public void answered(RecorderWatch.Question question) {
        workedAt = times.now();
        if (question.answered(workedAt)) {
            pollings.values().forEach(StreamPolling::wake);
        }
    }

    @Override
    public void failed(RecorderWatch.Question question, SourceException failure) {
        workedAt = times.now();
        if (question.failed(failure.getMessage(), workedAt)) {
            listing.wake();
        }
    }

    @Override
    public int streams() {
        return pollings.size();
    }
}
