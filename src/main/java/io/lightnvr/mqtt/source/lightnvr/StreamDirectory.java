package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.StreamList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the streams: all of them with their zones if the recorder accepts the login, else those that it shows without
 * one. One thread at a time lists; any thread may read zones and privacy.
 */
final class StreamDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(StreamDirectory.class);

    /** A stream of which only its health is known. */
    private static final StreamsAnswer.Listed RUNNING = new StreamsAnswer.Listed(true, false, Optional.empty());

    /** Whoever may write to the recorder's topics can invent streams. */
    private static final int MAX_HEARD = 256;

    private static final long PRIVACY_AGE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long ZONES_AGE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LightNvrApi api;
    private final LongSupplier nanoTime;
    private final ListPace pace;
    private final PrivacyModes privacy = new PrivacyModes();
    private final Map<StreamName, KnownZones> zones = new ConcurrentHashMap<>();
    private final Map<StreamName, StreamsAnswer.Listed> known = new TreeMap<>();
    private final Set<StreamName> renamed = ConcurrentHashMap.newKeySet();
    private final Set<StreamName> heard = ConcurrentHashMap.newKeySet();
    private final HiddenStreams hidden;
    private volatile Optional<Long> shownAt = Optional.empty();
    private boolean isListedBefore;
    private boolean isHinted;

    private record KnownZones(Optional<List<Zone>> zones, long readAt) {}

    StreamDirectory(LightNvrApi api, LongSupplier nanoTime) {
        this.api = api;
        this.nanoTime = nanoTime;
        this.pace = new ListPace(nanoTime.getAsLong());
        this.hidden = new HiddenStreams(api, nanoTime);
    }

    /**
     * Lists the streams.
     *
     * @param health a health answer of this moment
     */
    StreamList list(HealthAnswer health) throws SourceException, InterruptedException {
        LightNvrApi.Guarded<Map<StreamName, StreamsAnswer.Listed>> answer = ask();
        known.keySet().removeAll(renamed);
        renamed.clear();
        logWithoutLogin(answer.refusal());
        return answer.value().isPresent() ? listed(answer.value().get(), health) : open(health);
    }

    /** The recorder did not answer when the streams were to be listed. */
    void failed() {
        pace.failed(nanoTime.getAsLong());
    }

    /** Returns whether no picture of a stream may be shown, as far as the list knows that was read last. */
    boolean isPrivate(StreamName stream) {
        return privacy.isPrivate(stream, nanoTime.getAsLong());
    }

    /**
     * Reads the list again, unless it was just read: somebody may have gone into privacy since. Does nothing without a
     * login.
     *
     * @throws SourceException if the recorder does not answer
     */
    void refreshPrivacy() throws SourceException, InterruptedException {
        Optional<Long> last = shownAt;
        if (last.isPresent() && nanoTime.getAsLong() - last.get() >= PRIVACY_AGE_NANOS) {
            ask();
        }
    }

    private LightNvrApi.Guarded<Map<StreamName, StreamsAnswer.Listed>> ask()
            throws SourceException, InterruptedException {
        long now = nanoTime.getAsLong();
        LightNvrApi.Guarded<Map<StreamName, StreamsAnswer.Listed>> answer = api.streams();
        shownAt = answer.value().map(shown -> now);
        answer.value().ifPresent(shown -> privacy.follow(shown, now));
        return answer;
    }

    /** Returns the zones of a stream as last read; none if they are unknown. */
    List<Zone> zones(StreamName stream) {
        return knownZones(stream).orElse(List.of());
    }

    private Optional<List<Zone>> knownZones(StreamName stream) {
        return Optional.ofNullable(zones.get(stream)).flatMap(KnownZones::zones);
    }

    /** Lists what the recorder shows to the login, and what it showed before unless that is gone. */
    private StreamList listed(Map<StreamName, StreamsAnswer.Listed> shown, HealthAnswer health)
            throws InterruptedException {
        boolean isComplete = hidden.isComplete(shown, known.keySet());
        Set<StreamName> gone = Set.of();
        if (isComplete) {
            known.keySet().retainAll(shown.keySet());
            hidden.forget();
        } else {
            gone = hidden.gone(shown.keySet(), known.keySet());
            known.keySet().removeAll(gone);
        }
        known.putAll(shown);
        zones.keySet().retainAll(known.keySet());
        readZones(shown.keySet());
        boolean isAnyDown = shown.entrySet().stream()
                .anyMatch(stream -> stream.getValue().enabled() && !health.isUp(stream.getKey()));
        return new StreamList(streams(health), isComplete, gone, goodFor(health, isAnyDown, true));
    }

    /** A stream has another name now: the old one is listed no more. */
    void rename(StreamName old) {
        heard.remove(old);
        renamed.add(old);
    }

    /** Something was heard of a stream, which is therefore there, even if it is not running; up to 256 such are kept. */
    void heard(StreamName stream) {
        if (heard.size() < MAX_HEARD) {
            heard.add(stream);
        }
    }

    /**
     * Lists the streams that are running or once were, since a stream that is merely hidden is not gone. Of which cameras they are
     * is not known any more: one may have been renamed meanwhile.
     */
    private StreamList open(HealthAnswer health) {
        known.replaceAll((stream, before) -> RUNNING);
        heard.forEach(stream -> known.put(stream, RUNNING));
        health.up().keySet().forEach(stream -> known.put(stream, RUNNING));
        if (known.size() > StreamsAnswer.MAX_STREAMS) {
            known.keySet().retainAll(health.up().keySet());
        }
        boolean isAnyDown = health.up().containsValue(false);
        return new StreamList(streams(health), false, Set.of(), goodFor(health, isAnyDown, api.detectionsWantLogin()));
    }

    private Duration goodFor(HealthAnswer health, boolean isAnyDown, boolean often) {
        Set<StreamName> online = known.keySet().stream().filter(health::isUp).collect(Collectors.toSet());
        return pace.next(online, health.uptime(), isAnyDown, often, nanoTime.getAsLong());
    }

    private List<StreamList.Stream> streams(HealthAnswer health) {
        return known.entrySet().stream()
                .map(entry -> stream(entry.getKey(), entry.getValue(), health))
                .toList();
    }

    private StreamList.Stream stream(StreamName name, StreamsAnswer.Listed listed, HealthAnswer health) {
        boolean isOnline = listed.enabled() && health.isUp(name);
        return new StreamList.Stream(name, isOnline, knownZones(name), listed.cameraUuid());
    }

    /** Reads zones that are a minute old. Where that fails it keeps the known ones, and goes on with the others the next time. */
    private void readZones(Set<StreamName> streams) throws InterruptedException {
        for (StreamName stream : streams) {
            try {
                readZones(stream);
            } catch (SourceException e) {
                LOG.debug("Cannot read the zones now: {}", e.getMessage());
                zones.put(stream, new KnownZones(knownZones(stream), nanoTime.getAsLong()));
                return;
            }
        }
    }

    private void readZones(StreamName stream) throws SourceException, InterruptedException {
        long now = nanoTime.getAsLong();
        KnownZones before = zones.get(stream);
        Optional<PathSegment> segment = PathSegment.of(stream);
        if (segment.isEmpty() || before != null && now - before.readAt() < ZONES_AGE_NANOS) {
            return;
        }
        Optional<List<Zone>> read = api.zones(segment.get());
        zones.put(stream, new KnownZones(read.or(() -> knownZones(stream)), now));
    }

    /** Says once what a login would add, unless {@link LightNvrApi#refusals} has worse to say by the second list. */
    private void logWithoutLogin(Optional<String> why) {
        if (why.isPresent() && isListedBefore && !api.hasCredentials() && !api.detectionsWantLogin() && !isHinted) {
            isHinted = true;
            LOG.warn(why.get());
        }
        isListedBefore = true;
    }
}
