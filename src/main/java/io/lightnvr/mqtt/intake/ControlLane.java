package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.CommandRate;
import io.lightnvr.mqtt.control.Control;
import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.RecorderControls.Outcome;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The controls of one stream: carries out its commands one after the other, and reads how the recorder has them, every 30 s and after
 * each command until it is fulfilled or 5 s are over. Any thread takes commands; one thread at a time works.
 */
final class ControlLane {

    static final Duration EVERY = Duration.ofSeconds(30);
    static final Duration ANSWER = Duration.ofSeconds(5);

    /** What is told once for all streams. */
    static final String REFUSAL = "refusal";

    private static final Duration AGAIN = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final long FORBIDDEN_NANOS = Duration.ofMinutes(10).toNanos();

    private final StreamName stream;
    private final RecorderControls controls;
    private final IntakeListener listener;
    private final ToldOnce told;
    private final IntakeTimes times;
    private final RepeatingTask task;
    private final CommandRate rate = new CommandRate();
    private final Queue<Taken> queue = new ArrayDeque<>();

    /** Until when a control is not available, since the recorder has refused it. */
    private final Map<Control, Long> refusedUntil = new EnumMap<>(Control.class);

    private Optional<Taken> awaited = Optional.empty();

    /** Whether it was told that the command which is carried out has failed. */
    private boolean hasFailed;

    private Optional<String> preset = Optional.empty();

    /** How often in a row the recorder did not tell. */
    private int failures;

    private volatile boolean isOnline;

    /** @param until when it must be answered */
    private record Taken(ControlCommand command, long until) {}

    /** @param listener hears what can be controlled now */
    ControlLane(
            StreamName stream,
            RecorderControls controls,
            IntakeListener listener,
            ToldOnce told,
            IntakeTimes times,
            boolean isOnline) {
        this.stream = stream;
        this.controls = controls;
        this.listener = listener;
        this.told = told;
        this.times = times;
        this.isOnline = isOnline;
        this.task = new RepeatingTask(times.scheduler(), this::work);
        listener.controls(stream, ControlView.NONE, false);
        task.wake();
    }

    /** Takes a command, unless there were too many; returns at once. */
    void take(ControlCommand command) {
        long now = times.now();
        boolean isTaken;
        synchronized (queue) {
            isTaken = rate.takes(now) && queue.add(new Taken(command, now + ANSWER.toNanos()));
        }
        if (isTaken) {
            told.over(about("rate"));
            task.wake();
        } else {
            told.tell(
                    about("rate"),
                    "",
                    "%s gets more than %d commands in a minute: what is more is not carried out"
                            .formatted(stream, CommandRate.MOST));
        }
    }

    /** The recorder answers, or has stopped answering. */
    void online(boolean online) {
        isOnline = online;
        if (!online) {
            listener.controls(stream, ControlView.NONE, false);
        }
        task.wake();
    }

    /** Works no more. */
    void end() {
        task.end();
    }

    private Duration work() throws InterruptedException {
        if (!isOnline) {
            awaited.or(this::next).ifPresent(taken -> fail(taken.command(), "the recorder does not answer"));
            awaited = Optional.empty();
            return isIdle() ? SILENCE : Duration.ZERO;
        }
        if (awaited.isPresent()) {
            return readBack(awaited.get());
        }
        Optional<Taken> next = next();
        if (next.isPresent()) {
            carryOut(next.get());
            return Duration.ZERO;
        }
        ControlView view = read().orElse(ControlView.NONE);
        if (isOnline) {
            listener.controls(stream, view, false);
        }
        return isIdle() ? EVERY : Duration.ZERO;
    }

    private Optional<Taken> next() {
        synchronized (queue) {
            return Optional.ofNullable(queue.poll());
        }
    }

    private boolean isIdle() {
        synchronized (queue) {
            return queue.isEmpty();
        }
    }

    private void carryOut(Taken taken) throws InterruptedException {
        hasFailed = false;
        awaited = Optional.of(taken);
        long left = taken.until() - times.now();
        if (left <= 0) {
            fail(taken.command(), "it waited for more than 5 s for others");
            return;
        }
        try {
            Outcome outcome = controls.carryOut(stream, taken.command(), wholeSeconds(left));
            if (outcome.kind() == Outcome.Kind.ACCEPTED) {
                accepted(taken.command());
            } else {
                refused(taken.command(), outcome);
            }
        } catch (SourceException e) {
            fail(taken.command(), e.getMessage());
        }
    }

    /** Rounded up, for sentences. */
    private static Duration wholeSeconds(long nanos) {
        return Duration.ofSeconds(
                Duration.ofNanos(nanos).plusSeconds(1).minusNanos(1).toSeconds());
    }

    private void accepted(ControlCommand command) {
        refusedUntil.remove(command.control());
        if (command instanceof ControlCommand.Preset chosen) {
            preset = Optional.of(chosen.name());
        } else if (command instanceof ControlCommand.Home) {
            preset = Optional.empty();
        }
    }

    private void refused(ControlCommand command, Outcome outcome) {
        long now = times.now();
        switch (outcome.kind()) {
            case FORBIDDEN -> refusedUntil.put(command.control(), now + FORBIDDEN_NANOS);
            case CONFLICT -> refusedUntil.put(command.control(), now + EVERY.toNanos());
            default -> refusedUntil.remove(command.control());
        }
        fail(command, "the recorder says " + outcome.why());
    }

    private void fail(ControlCommand command, String why) {
        hasFailed = true;
        told.tell(about(command.control().word()), why, "%s of %s: %s".formatted(command.wish(), stream, why));
    }

    /** Shows how the recorder has it, once it is as it should be or at the latest when the time is over. */
    private Duration readBack(Taken taken) throws InterruptedException {
        Optional<ControlView> view = read();
        boolean isFulfilled = view.filter(seen -> seen.fulfils(taken.command())).isPresent();
        if (!isFulfilled && !hasFailed && times.now() - taken.until() < 0) {
            return AGAIN;
        }
        awaited = Optional.empty();
        listener.controls(stream, view.orElse(ControlView.NONE), true);
        if (isFulfilled && !hasFailed) {
            told.over(about(taken.command().control().word()));
        } else if (!hasFailed) {
            fail(taken.command(), "the recorder does not show it after 5 s");
        }
        return isIdle() ? EVERY : Duration.ZERO;
    }

    /** Nothing if the recorder does not tell. */
    private Optional<ControlView> read() throws InterruptedException {
        try {
            ControlView view = controls.read(stream);
            failures = 0;
            told.over(about("reading"));
            long now = times.now();
            refusedUntil.values().removeIf(until -> now - until >= 0);
            ControlView able = view.without(refusedUntil.keySet()).at(preset);
            preset = able.preset();
            return Optional.of(able);
        } catch (SourceException e) {
            unreadable(e);
            return Optional.empty();
        }
    }

    /** A refusal is the same for all streams; a recorder that is silent is told of as such, before this fails twice. */
    private void unreadable(SourceException failure) {
        String why = failure.getMessage();
        if (failure.isRefusal()) {
            told.tell(REFUSAL, why, "Controls are not available: " + why);
        } else if (++failures > 1) {
            told.tell(about("reading"), why, "The controls of %s are not available: %s".formatted(stream, why));
        }
    }

    private String about(String what) {
        return what + " of " + stream.raw();
    }
}
