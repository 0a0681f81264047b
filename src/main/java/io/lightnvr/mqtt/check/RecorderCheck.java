package io.lightnvr.mqtt.check;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.PublisherClash;
import io.lightnvr.mqtt.intake.RecorderDiagnosis;
import io.lightnvr.mqtt.source.Refusal;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.source.lightnvr.RecorderProbe;
import io.lightnvr.mqtt.source.lightnvr.RecorderProbe.Authentication;
import io.lightnvr.mqtt.status.Finding;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks the recorder: its address, its answers, the login, its clock, its streams, and their latest detections. */
public final class RecorderCheck {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final Duration RECENTLY = Duration.ofDays(1);

    private final Configuration.Nvr nvr;
    private final Configuration.Mqtt mqtt;
    private final Clock clock;
    private final CheckReport.Part part;
    private Optional<Finding> unread = Optional.empty();

    /** @param clock the wall clock, for comparison with the recorder's */
    public RecorderCheck(Configuration.Nvr nvr, Configuration.Mqtt mqtt, Clock clock, CheckReport.Part part) {
        this.nvr = nvr;
        this.mqtt = mqtt;
        this.clock = clock;
        this.part = part;
    }

    /** Why detections cannot be read without a login, after {@link #check}; the bridge may still hear them. */
    Optional<Finding> unread() {
        return unread;
    }

    /** Checks everything; returns the streams that the recorder lists, or none if it cannot be asked. */
    public Collection<StreamName> check() throws InterruptedException {
        URI url = nvr.url();
        int usual = url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
        int port = url.getPort() < 0 ? usual : url.getPort();
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        if (!NetworkCheck.isReachable(part, host, port, "nvr.url")) {
            return List.of();
        }
        try (RecorderProbe probe = new RecorderProbe(ConfigurationMapping.recorderAccess(nvr), clock)) {
            return check(probe);
        } catch (SourceException e) {
            part.failed(
                    e.getMessage(), "check that " + url + " is the address of LightNVR itself, and look in its log");
            return List.of();
        }
    }

    private Collection<StreamName> check(RecorderProbe probe) throws SourceException, InterruptedException {
        probe.health();
        // The first request includes the connection, so the second one is timed.
        RecorderProbe.Health health = probe.health();
        part.ok("is LightNVR" + probe.version().map(version -> " " + version).orElse("") + " and answers in "
                + health.latency().toMillis() + " ms");
        if (health.latency().compareTo(SLOW) > 0) {
            part.warning("is slow to answer", "find out what keeps its machine busy: detections arrive late");
        }
        checkClock(health.ahead());
        Authentication authentication = probe.authentication();
        checkLogin(authentication);
        Collection<StreamName> streams = checkStreams(probe, health);
        checkDetections(probe, health);
        checkRefusals(probe.refusals(), authentication);
        probe.nativePublisher()
                .map(publisher -> new PublisherClash(publisher, nvr.url(), ConfigurationMapping.bridgePublisher(mqtt)))
                .ifPresent(clash -> RecorderDiagnosis.publisher(clash).forEach(part::add));
        return streams;
    }

    private void checkClock(Duration ahead) {
        RecorderDiagnosis.clock(ahead)
                .ifPresentOrElse(
                        part::add,
                        () -> part.ok("its clock is within " + (ahead.abs().toSeconds() + 1) + " s of this machine's"));
    }

    private void checkLogin(Authentication authentication) {
        if (authentication instanceof Authentication.Accepted accepted) {
            part.ok("accepts the login of " + accepted.user() + " (" + accepted.role() + ")");
        } else if (authentication instanceof Authentication.NoCredentials) {
            part.ok("no login is configured; zones and stopped streams need one");
        }
    }

    /** Says what the recorder refuses, the refused login only once. */
    private void checkRefusals(List<Refusal> refusals, Authentication authentication) {
        for (Refusal refusal : refusals) {
            Finding finding = RecorderDiagnosis.refusal(refusal);
            if (refusal.lost() == Refusal.Lost.DETECTIONS && authentication instanceof Authentication.NoCredentials) {
                unread = Optional.of(finding);
            } else if (refusal.lost() != Refusal.Lost.LOGIN) {
                part.add(finding);
            }
        }
        boolean isSaid = refusals.stream().anyMatch(refusal -> refusal.lost() == Refusal.Lost.DETECTIONS);
        if (authentication instanceof Authentication.Refused refused && !isSaid) {
            part.failed(refused.why(), "");
        }
    }

    private Collection<StreamName> checkStreams(RecorderProbe probe, RecorderProbe.Health health)
            throws SourceException, InterruptedException {
        Optional<List<RecorderProbe.ListedStream>> listed = probe.streams();
        List<StreamName> enabled = listed.map(all -> all.stream()
                        .filter(RecorderProbe.ListedStream::enabled)
                        .map(RecorderProbe.ListedStream::name)
                        .toList())
                .orElseGet(() -> List.copyOf(health.running()));
        List<String> silent = enabled.stream()
                .filter(stream ->
                        !health.running().contains(stream) || health.down().contains(stream))
                .map(StreamName::toString)
                .toList();
        String counts = listed.map(all -> "streams: " + all.size() + " configured, " + enabled.size() + " enabled, ")
                        .orElse("streams: " + health.running().size() + " running, ")
                + (enabled.size() - silent.size()) + " up";
        if (enabled.isEmpty()) {
            part.warning(counts, "add or enable a stream in LightNVR");
        } else if (!silent.isEmpty()) {
            part.warning(
                    counts + "; down: " + String.join(", ", silent), "find out why on the page Streams of LightNVR");
        } else {
            part.ok(counts);
        }
        return listed.<Collection<StreamName>>map(all ->
                        all.stream().map(RecorderProbe.ListedStream::name).toList())
                .orElse(health.running());
    }

    private void checkDetections(RecorderProbe probe, RecorderProbe.Health health)
            throws SourceException, InterruptedException {
        List<String> active = new ArrayList<>();
        for (StreamName stream : health.running()) {
            probe.lastDetection(stream, health)
                    .filter(ago -> ago.compareTo(RECENTLY) < 0)
                    .ifPresent(ago -> active.add(stream + " " + Math.max(0, ago.toMinutes()) + " min ago"));
        }
        boolean isRefused = probe.refusals().stream().anyMatch(refusal -> refusal.lost() == Refusal.Lost.DETECTIONS);
        if (active.isEmpty() && isRefused) {
            return;
        }
        if (active.isEmpty()) {
            part.warning(
                    "no running stream has detected anything in the last day",
                    "check that detection is turned on in LightNVR, and walk past a camera");
        } else {
            part.ok("detections in the last day: " + String.join(", ", active));
        }
    }
}
