package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.status.Finding;
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

    private final List<Watched> recorders;
    private final StatusJson status;
    private final Metrics metrics;
    private final BugReport report;
    private final HealthNews health;
    private final PageHost host;
    private final AtomicBoolean isChecking = new AtomicBoolean();
    private final AtomicBoolean isForgetting = new AtomicBoolean();
    private final Semaphore testEvents = new Semaphore(MOST_TEST_EVENTS);

    /** A stream of one of the recorders. */
    private record Found(Watched recorder, StreamStatus stream) {

        private StreamName name() {
            return stream.camera().name();
        }
    }

    BridgeRoutes(
            List<Watched> recorders,
            StatusJson status,
            Metrics metrics,
            BugReport report,
            HealthNews health,
            PageHost host) {
        this.recorders = recorders;
        this.status = status;
        this.metrics = metrics;
        this.report = report;
        this.health = health;
        this.host = host;
    }

    @Override
    public Answer answer(Request request) throws InterruptedException {
        return switch (request.path()) {
            case "healthz" ->
                host.isWorking() ? Answer.text("ok\n") : Answer.error(503, "The bridge's loops do not work");
            case "metrics" ->
                Answer.of(200, Metrics.CONTENT_TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
            case "api/status" -> Answer.json(status.status());
            case "api/events" -> events();
            case "api/visits" -> Answer.json(status.visits());
            case "api/picture" -> picture(request);
            case "api/report" -> Answer.text(report.text());
            case "api/check" -> check();
            case "api/test-event" -> testEvent(request);
            case "api/announce" -> announce();
            case "api/forget" -> forget(request);
            case "api/forget-recorder" -> forgetRecorder(request);
            default -> visitPicture(request);
        };
    }

    private Answer events() {
        health.wake();
        return Answer.events();
    }

    private Answer visitPicture(Request request) {
        Matcher path = VISIT_PICTURE.matcher(request.path());
        if (!path.matches()) {
            return Answer.error(404, "There is nothing at this address");
        }
        return recorders.stream()
                .flatMap(recorder -> recorder.history().picture(path.group(1)).stream())
                .findFirst()
                .map(jpeg -> Answer.immutable(JPEG, jpeg))
                .orElse(Answer.error(404, "No picture of this visit is kept"));
    }

    private Answer picture(Request request) throws InterruptedException {
        Optional<Found> stream = stream(request.query().getOrDefault("stream", ""));
        if (stream.isEmpty()) {
            return Answer.error(404, "There is no such stream");
        }
        try {
            return stream.get()
                    .recorder()
                    .pictures()
                    .picture(stream.get().name())
                    .map(jpeg -> Answer.of(200, JPEG, jpeg))
                    .orElse(Answer.error(404, "The recorder has no picture of this stream now"));
        } catch (PageBackend.ActionException e) {
            return Answer.error(503, e.getMessage()).with("Retry-After", "2");
        }
    }

    private Optional<Found> stream(String key) {
        return recorders.stream()
                .flatMap(recorder -> recorder.stream(key).map(stream -> new Found(recorder, stream)).stream())
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
            host.check(finding -> {
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
        Optional<Found> stream = stream(text(request, "stream"));
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
            return done(stream.get().recorder().bridge().testEvent(stream.get().name(), label));
        } catch (PageBackend.ActionException e) {
            return Answer.error(502, e.getMessage());
        } finally {
            testEvents.release();
        }
    }

    private Answer announce() {
        recorders.forEach(recorder -> recorder.bridge().announceAgain());
        return done("The bridge announces everything to Home Assistant again, within 10 seconds");
    }

    private Answer forget(Request request) {
        Optional<Found> stream = stream(text(request, "stream"));
        if (stream.isEmpty()) {
            return Answer.error(404, "There is no such stream");
        }
        if (!stream.get().stream().camera().gone()) {
            return Answer.error(409, "The recorder has this stream: disable or delete it there first");
        }
        StreamName name = stream.get().name();
        stream.get().recorder().bridge().forget(name);
        return done("The bridge removes the device and the retained messages of " + name.displayName());
    }

    private Answer forgetRecorder(Request request) throws InterruptedException {
        String name = text(request, "recorder");
        if (!host.left().contains(name)) {
            return Answer.error(404, "There is no such recorder, or it still has an entry in the configuration");
        }
        if (!isForgetting.compareAndSet(false, true)) {
            return Answer.error(409, "A recorder is being forgotten already");
        }
        try {
            return done(host.forgetRecorder(name));
        } catch (PageBackend.ActionException e) {
            return Answer.error(502, e.getMessage());
        } finally {
            isForgetting.set(false);
        }
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
