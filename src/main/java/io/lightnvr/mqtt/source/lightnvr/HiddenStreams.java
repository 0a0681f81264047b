package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.SourceException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells streams that are gone from those that the recorder hides from the login: LightNVR 0.39 and later list only the
 * cameras of the user. The list of an administrator, and of an earlier LightNVR, hides nothing; otherwise a stream is gone
 * if the recorder does not know its name, for which it is asked every 10 minutes. For one thread at a time.
 */
final class HiddenStreams {

    private static final Logger LOG = LoggerFactory.getLogger(HiddenStreams.class);
    private static final long ASK_AGAIN_NANOS = Duration.ofMinutes(10).toNanos();

    private final LightNvrApi api;
    private final LongSupplier nanoTime;
    private final Map<StreamName, Looked> missing = new HashMap<>();
    private boolean filtersByUser;
    private boolean isAdmin;
    private Optional<Long> userAskedAt = Optional.empty();

    private record Looked(boolean isGone, long at) {}

    HiddenStreams(LightNvrApi api, LongSupplier nanoTime) {
        this.api = api;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns whether a list hides nothing. The user is asked about again if a known stream is missing, since its role may
     * just have changed.
     */
    boolean isComplete(Map<StreamName, StreamsAnswer.Listed> shown, Collection<StreamName> known)
            throws InterruptedException {
        filtersByUser |=
                shown.values().stream().anyMatch(stream -> stream.cameraUuid().isPresent());
        if (!filtersByUser && !shown.isEmpty()) {
            return true;
        }
        long now = nanoTime.getAsLong();
        boolean isRecent = userAskedAt.filter(at -> now - at < ASK_AGAIN_NANOS).isPresent();
        if (!isRecent || isAdmin && !shown.keySet().containsAll(known)) {
            isAdmin = askWhetherAdmin();
            userAskedAt = Optional.of(now);
        }
        return isAdmin;
    }

    private boolean askWhetherAdmin() throws InterruptedException {
        try {
            return api.user().value().filter(LightNvrApi.User::isAdmin).isPresent();
        } catch (SourceException e) {
            LOG.debug("Cannot read the role of the login now: {}", e.getMessage());
            return false;
        }
    }

    /** Takes a list that hides nothing. */
    void forget() {
        missing.clear();
    }

    /**
     * Looks for the known streams that an incomplete list lacks.
     *
     * @return those of which the recorder knows no more, now or when they were last looked for
     */
    Set<StreamName> gone(Set<StreamName> shown, Set<StreamName> known) throws InterruptedException {
        Set<StreamName> lacking = new HashSet<>(known);
        lacking.addAll(missing.keySet());
        lacking.removeAll(shown);
        missing.keySet().retainAll(lacking);
        try {
            for (StreamName stream : lacking) {
                look(stream);
            }
        } catch (SourceException e) {
            LOG.debug("Cannot look for a missing stream now: {}", e.getMessage());
        }
        return lacking.stream()
                .filter(stream ->
                        missing.containsKey(stream) && missing.get(stream).isGone())
                .collect(Collectors.toSet());
    }

    private void look(StreamName stream) throws SourceException, InterruptedException {
        long now = nanoTime.getAsLong();
        Looked before = missing.get(stream);
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isPresent() && (before == null || now - before.at() >= ASK_AGAIN_NANOS)) {
            missing.put(stream, new Looked(api.isUnknown(segment.get()), now));
        }
    }
}
