package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which calls the recorder refused, so that they are not repeated soon: each is an error in the recorder's log. A
 * call is repeated after 10 minutes, one that needs a login after an hour if there is none. A 401 is forgotten at once when
 * the recorder accepts a login, or a call that it answered with 401 before. Thread-safe; times are nanoseconds of a
 * monotonic clock.
 */
final class RefusedCalls {

    private static final long USUAL_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long WITHOUT_LOGIN_NANOS = Duration.ofHours(1).toNanos();

    private final boolean hasCredentials;
    private final Map<Call, Refused> calls = new ConcurrentHashMap<>();

    /** The purposes of the calls. */
    enum Purpose {
        DETECTIONS,
        PICTURE,
        RECORDINGS,
        ZONES,
        STREAMS,
        STREAM,
        SETTINGS,
        USER,
        VERSION;

        /** Returns whether LightNVR before 0.39 answers without a login. */
        boolean wasOpen() {
            return this == DETECTIONS || this == PICTURE;
        }
    }

    /** A call and the stream that it is about, if any. */
    record Call(Purpose purpose, Optional<StreamName> stream) {

        static Call of(Purpose purpose) {
            return new Call(purpose, Optional.empty());
        }

        static Call of(Purpose purpose, PathSegment stream) {
            return new Call(purpose, Optional.of(stream.stream()));
        }
    }

    /** @param login the number of the login during which the call was refused */
    private record Refused(RecorderAnswer answer, long login, long since) {

        /** Returns whether the refusal says anything of this login. */
        boolean concerns(long currentLogin) {
            return answer.isForbidden() || login == currentLogin;
        }
    }

    RefusedCalls(boolean hasCredentials) {
        this.hasCredentials = hasCredentials;
    }

    /**
     * Returns the refusal of a call if it is too early to repeat it.
     *
     * @param login the number of the present login
     */
    Optional<RecorderAnswer> recent(Call call, long login, long now) {
        long pause = hasCredentials || call.purpose().wasOpen() ? USUAL_NANOS : WITHOUT_LOGIN_NANOS;
        return Optional.ofNullable(calls.get(call))
                .filter(refused -> refused.concerns(login) && now - refused.since() < pause)
                .map(Refused::answer);
    }

    /** Takes an answer to a call. */
    void note(Call call, RecorderAnswer answer, long login, long now) {
        if (answer.isRefused()) {
            calls.put(call, new Refused(answer.withoutBody(), login, now));
            return;
        }
        Refused before = calls.remove(call);
        if (before != null && before.answer().isUnauthorized()) {
            calls.values().removeIf(refused -> refused.answer().isUnauthorized());
        }
    }

    /** Forgets the calls about other streams. */
    void keepOnly(Set<StreamName> streams) {
        calls.keySet()
                .removeIf(call -> call.stream()
                        .filter(stream -> !streams.contains(stream))
                        .isPresent());
    }

    /** Returns whether anything is refused with 401. */
    boolean wantLogin(long login) {
        return calls.values().stream()
                .anyMatch(refused -> refused.answer().isUnauthorized() && refused.concerns(login));
    }

    /** Returns whether any call for a purpose is refused with 401. */
    boolean wantLogin(Purpose purpose, long login) {
        return calls.entrySet().stream()
                .anyMatch(call -> call.getKey().purpose() == purpose
                        && call.getValue().answer().isUnauthorized()
                        && call.getValue().concerns(login));
    }

    /** Returns whether a call about no stream is answered with 403. */
    boolean isForbidden(Purpose purpose) {
        Refused refused = calls.get(Call.of(purpose));
        return refused != null && refused.answer().isForbidden();
    }

    /** Returns the streams for which a call is answered with 403. */
    Set<StreamName> forbidden(Purpose purpose) {
        Set<StreamName> streams = new TreeSet<>();
        calls.forEach((call, refused) -> {
            if (call.purpose() == purpose && refused.answer().isForbidden()) {
                call.stream().ifPresent(streams::add);
            }
        });
        return streams;
    }
}
