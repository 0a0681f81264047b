package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches a still of each stream that runs, every so often. One is fetched at a time, and pictures of detections, which share
 * the thread, have their turn after each. A stream that gives none is asked less and less often, down to every 10 minutes, since
 * a camera that hangs holds up the others; none is asked while the recorder does not answer. Thread-safe.
 */
final class Stills implements IntakeListener {

    private static final Duration APART = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofHours(1);

    private final PictureRequests requests;
    private final Duration every;
    private final IntakeListener listener;
    private final IntakeTimes times;
    private final RepeatingTask fetching;
    private final Map<StreamName, Long> due = new HashMap<>();
    /** The last waits of the streams that failed last. */
    private final Map<StreamName, Duration> waits = new HashMap<>();

    private boolean isSilent;

    /**
     * @param every how often, for each stream
     * @param listener takes the stills
     * @param times whose scheduler has a thread that stills may hold up
     */
    Stills(SnapshotSource source, Duration every, IntakeListener listener, IntakeTimes times) {
        this.requests = new PictureRequests(source, "stills", "home_assistant.snapshots");
        this.every = every;
        this.listener = listener;
        this.times = times;
        this.fetching = new RepeatingTask(times.scheduler(), this::fetchNext);
    }

    @Override
    public void recorderAnswers(boolean online) {
        synchronized (this) {
            isSilent = !online;
        }
        fetching.wake();
    }

    @Override
    public void streamsListed(StreamSelection.Selection streams) {
        List<StreamList.Stream> all = streams.wanted().streams();
        follow(
                all.stream().map(StreamList.Stream::name).collect(Collectors.toSet()),
                all.stream()
                        .filter(StreamList.Stream::online)
                        .map(StreamList.Stream::name)
                        .collect(Collectors.toSet()));
        fetching.wake();
    }

    @Override
    public synchronized void renamed(StreamName old, StreamName renamed) {
        requests.rename(old, renamed);
        Optional.ofNullable(due.remove(old)).ifPresent(at -> due.put(renamed, at));
        Optional.ofNullable(waits.remove(old)).ifPresent(wait -> waits.put(renamed, wait));
    }

    private synchronized void follow(Set<StreamName> all, Set<StreamName> running) {
        requests.keepOnly(all);
        waits.keySet().retainAll(all);
        due.keySet().retainAll(running);
        running.forEach(stream -> due.putIfAbsent(stream, times.now()));
    }

    private Duration fetchNext() throws InterruptedException {
        Optional<StreamName> next = next();
        if (next.isPresent()) {
            fetch(next.get());
        }
        return pause();
    }

    private synchronized Optional<StreamName> next() {
        return first().filter(stream -> due.get(stream) - times.now() <= 0);
    }

    private synchronized Duration pause() {
        return first().map(stream -> Duration.ofNanos(due.get(stream) - times.now()))
                .map(wait -> longer(wait, APART))
                .orElse(IDLE);
    }

    private Optional<StreamName> first() {
        return isSilent
                ? Optional.empty()
                : due.keySet().stream().min((one, other) -> Long.signum(due.get(one) - due.get(other)));
    }

    private void fetch(StreamName stream) throws InterruptedException {
        PictureRequests.Answer answer = requests.ask(stream);
        answer.jpeg().ifPresent(jpeg -> listener.still(stream, jpeg));
        askAgain(stream, answer.isFailure());
    }

    private synchronized void askAgain(StreamName stream, boolean hasFailed) {
        Duration wait = every;
        if (hasFailed) {
            Duration doubled = waits.getOrDefault(stream, every).multipliedBy(2);
            wait = longer(every, doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT);
            waits.put(stream, wait);
        } else {
            waits.remove(stream);
        }
        long next = times.now() + wait.toNanos();
        due.computeIfPresent(stream, (name, before) -> next);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
