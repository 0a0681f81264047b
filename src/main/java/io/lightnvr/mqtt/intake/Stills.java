package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SnapshotSource;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a still of each stream that runs, every so often. One is fetched at a time, and pictures of detections, which share
 * the thread, have their turn after each. A stream that has given none so far is asked every 10 minutes at most, and none is
 * asked while the recorder does not answer. Thread-safe.
 */
final class Stills implements IntakeListener {

    private static final Logger LOG = LoggerFactory.getLogger(Stills.class);
    private static final Duration APART = Duration.ofMillis(100);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofHours(1);

    private final SnapshotSource source;
    private final Duration every;
    private final IntakeListener listener;
    private final IntakeTimes times;
    private final RepeatingTask fetching;
    private final Map<StreamName, Long> due = new HashMap<>();
    private final Set<StreamName> given = new HashSet<>();
    private boolean isSilent;
    private boolean isAbsenceLogged;

    /**
     * @param every how often, for each stream
     * @param listener takes the stills
     * @param times whose scheduler has a thread that stills may hold up
     */
    Stills(SnapshotSource source, Duration every, IntakeListener listener, IntakeTimes times) {
        this.source = source;
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

    private synchronized void follow(Set<StreamName> all, Set<StreamName> running) {
        given.retainAll(all);
        due.keySet().retainAll(running);
        running.forEach(stream -> due.putIfAbsent(stream, times.now()));
    }

    private Duration fetchNext() throws InterruptedException {
        Optional<StreamName> next = next();
        if (next.isPresent()) {
            boolean mayGive = fetch(next.get());
            askAgain(next.get(), mayGive);
        }
        return pause();
    }

    private synchronized Optional<StreamName> next() {
        return first().filter(stream -> due.get(stream) - times.now() <= 0);
    }

    private synchronized Duration pause() {
        return first().map(stream -> Duration.ofNanos(due.get(stream) - times.now()))
                .map(wait -> wait.compareTo(APART) > 0 ? wait : APART)
                .orElse(IDLE);
    }

    private Optional<StreamName> first() {
        return isSilent
                ? Optional.empty()
                : due.keySet().stream().min((one, other) -> Long.signum(due.get(one) - due.get(other)));
    }

    private synchronized void askAgain(StreamName stream, boolean mayGive) {
        Duration wait = mayGive || given.contains(stream) || every.compareTo(TRY_AGAIN) > 0 ? every : TRY_AGAIN;
        due.computeIfPresent(stream, (name, before) -> times.now() + wait.toNanos());
    }

    /** Returns whether the stream may give a still the next time. */
    private boolean fetch(StreamName stream) throws InterruptedException {
        try {
            Optional<byte[]> jpeg = source.snapshot(stream);
            if (jpeg.isPresent()) {
                gives(stream);
                listener.still(stream, jpeg.get());
                return true;
            }
            if (source.isPrivate(stream)) {
                return true;
            }
            givesNone("it has none");
        } catch (SourceException e) {
            givesNone(e.getMessage());
        }
        return false;
    }

    private synchronized void gives(StreamName stream) {
        given.add(stream);
    }

    private synchronized void givesNone(String why) {
        if (!isAbsenceLogged && given.isEmpty()) {
            isAbsenceLogged = true;
            LOG.warn(
                    "The recorder serves no stills ({}): they need go2rtc there, so home_assistant.snapshots has no effect",
                    why);
        }
    }
}
