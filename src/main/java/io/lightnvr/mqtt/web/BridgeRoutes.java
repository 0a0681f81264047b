package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.Severity;
import io.lightnvr.mqtt.status.StreamStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what the page of a running bridge asks, and does what a person wants of it. */
final class BridgeRoutes implements Routes {

    private static final Pattern VISIT_PICTURE = Pattern.compile("api/visits/([0-9a-f]{32})/picture");
    private static final String JPEG = "image/jpeg";

    /** Home Assistant compresses no such answer on its way, so that each line is there at once. */
    private static final String LINES = "application/octet-stream";

    private static final String CHECKING = "The doctor examines the bridge already";
    private static final String TESTING = "Two test events are on their way already: wait for the broker's answer";
    private static final int MOST_TEST_EVENTS = 2;
    private static final int LONGEST_LABEL = 100;

    private final LiveStatus live;
    private final StatusJson status;
    private final VisitHistory history;
    private final StreamPictures pictures;
    private final Metrics metrics;
    private final BugReport report;
    private final HealthNews health;
    private final PageBackend bridge;
    private final AtomicBoolean isChecking = new AtomicBoolean();
    private final Semaphore testEvents = new Semaphore(MOST_TEST_EVENTS);

    BridgeRoutes(
            LiveStatus live,
            StatusJson status,
            VisitHistory history,
            StreamPictures pictures,
            Metrics metrics,
            BugReport report,
            HealthNews health,
            PageBackend bridge) {
        this.live = live;
        this.status = status;
        this.history = history;
        this.pictures = pictures;
        this.metrics = metrics;
        this.report = report;
        this.health = health;
        this.bridge = bridge;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        return switch (request.path()) {
            case "healthz" ->
                bridge.isWorking() ? Answer.text("ok\n") : Answer.error(503, "The bridge's loops do not work");
            case "metrics" ->
                Answer.of(200, Metrics.CONTENT_TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
            case "api/status" -> Answer.json(status.status());
            case "api/events" -> events();
            case "api/visits" -> Answer.json(visits());
            case "api/picture" -> picture(request);
            case "api/report" -> Answer.text(report.text());
            case "api/check" -> check();
            case "api/test-event" -> testEvent(request);
            case "api/announce" -> announce();
            case "api/forget" -> forget(request);
            default -> visitPicture(request);
        };
    }

    private Answer events() {
        health.wake();
        return Answer.events();
    }

    private byte[] visits() {
        List<KeptVisit> all = history.visits();
        return PageJson.object(json -> {
            json.writeArrayFieldStart("visits");
            for (KeptVisit visit : all) {
                VisitJson.write(json, visit);
            }
            json.writeEndArray();
        });
    }

    private Answer visitPicture(Request request) {
        Matcher path = VISIT_PICTURE.matcher(request.path());
        if (!path.matches()) {
            return Answer.error(404, "There is nothing at this address");
        }
        return history.picture(path.group(1))
                .map(jpeg -> Answer.immutable(JPEG, jpeg))
                .orElse(Answer.error(404, "No picture of this visit is kept"));
    }

    private Answer picture(Request request) throws InterruptedException {
        Optional<StreamStatus> stream = stream(request.query().getOrDefault("stream", ""));
        if (stream.isEmpty()) {
            return Answer.error(404, "There is no such stream");
        }
        try {
            return pictures.picture(stream.get().camera().name())
                    .map(jpeg -> Answer.of(200, JPEG, jpeg))
                    .orElse(Answer.error(404, "The recorder has no picture of this stream now"));
        } catch (PageBackend.ActionException e) {
            return Answer.error(503, e.getMessage()).with("Retry-After", "2");
        }
    }

    private Optional<StreamStatus> stream(String key) {
        return live.streams().stream()
                .filter(stream -> stream.camera().name().key().equals(key))
                .findFirst();
    }

    private Answer check() {
        return isChecking.get() ? Answer.error(409, CHECKING) : Answer.streamed(LINES, this::check);
    }

    /** Whoever does not take the head of the answer does not come here, and must not keep others from it. */
    private void check(OutputStream out) throws IOException, InterruptedException {
        if (!isChecking.compareAndSet(false, true)) {
            writeLine(out, PageJson.error(CHECKING));
            return;
        }
        try {
            Severity[] worst = {Severity.OK};
            bridge.check(finding -> {
                worst[0] = finding.severity().compareTo(worst[0]) > 0 ? finding.severity() : worst[0];
                write(out, finding);
            });
            Severity result = worst[0];
            writeLine(out, PageJson.object(json -> json.writeStringField("result", result.toString())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            isChecking.set(false);
        }
    }

    private static void write(OutputStream out, Finding finding) {
        try {
            writeLine(out, PageJson.bytes(finding::writeTo));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeLine(OutputStream out, byte[] json) throws IOException {
        out.write(json);
        out.write('\n');
        out.flush();
    }

    private Answer testEvent(Request request) throws InterruptedException {
        Optional<StreamStatus> stream = stream(text(request, "stream"));
        String label = text(request, "label");
        if (stream.isEmpty()) {
            return Answer.error(404, "There is no such stream");
        }
        if (label.isBlank() || label.length() > LONGEST_LABEL) {
            return Answer.error(400, "The label must have 1 to " + LONGEST_LABEL + " characters");
        }
        if (!testEvents.tryAcquire()) {
            return Answer.error(409, TESTING);
        }
        try {
            return done(bridge.testEvent(stream.get().camera().name(), label));
        } catch (PageBackend.ActionException e) {
            return Answer.error(502, e.getMessage());
        } finally {
            testEvents.release();
        }
    }

    private Answer announce() {
        bridge.announceAgain();
        return done("The bridge announces everything to Home Assistant again, within 10 seconds");
    }

    private Answer forget(Request request) {
        Optional<StreamStatus> stream = stream(text(request, "stream"));
        if (stream.isEmpty()) {
            return Answer.error(404, "There is no such stream");
        }
        if (!stream.get().camera().gone()) {
            return Answer.error(409, "The recorder has this stream: disable or delete it there first");
        }
        StreamName name = stream.get().camera().name();
        bridge.forget(name);
        return done("The bridge removes the device and the retained messages of " + name.displayName());
    }

    private static Answer done(String sentence) {
        return Answer.json(PageJson.sentence(sentence));
    }

    /** A member of the request's JSON; empty if it has none. */
    private static String text(Request request, String name) {
        try {
            return JsonTree.read(request.body()).path(name).asText();
        } catch (IOException e) {
            return "";
        }
    }
}
