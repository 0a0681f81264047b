package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.status.Latencies;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Writes what the bridge has counted as <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus's text</a>,
 * version 0.0.4.
 */
final class Metrics {

    /** The content type of that format. */
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MILLIS = 1_000;

    private final List<Watched> recorders;
    private final Clock wall;

    /**
     * @param recorders at least one; where there are several, each sample of one has the label {@code recorder}
     * @param wall the machine's clock
     */
    Metrics(List<Watched> recorders, Clock wall) {
        this.recorders = recorders;
        this.wall = wall;
    }

    /** All of it. */
    String text() {
        StringBuilder text = new StringBuilder();
        counter(text, "lightnvr_events_total", "Events that were detected", count(StatusBoard.Counts::seen));
        head(text, "lightnvr_detections_total", "counter", "Detections, by stream and label");
        recorders.forEach(recorder -> recorder.board()
                .detections()
                .forEach((key, count) -> sample(
                        text,
                        "lightnvr_detections_total",
                        labels(recorder, "stream=" + quoted(key.stream().raw()) + ",label=" + quoted(key.label())),
                        count)));
        counter(
                text,
                "lightnvr_visits_total",
                "Visits that have begun",
                recorder -> recorder.board().visits());
        counter(
                text,
                "lightnvr_published_total",
                "Events that the broker has acknowledged",
                count(StatusBoard.Counts::published));
        counter(
                text,
                "lightnvr_missed_total",
                "Detections that the recorder no longer had",
                count(StatusBoard.Counts::missed));
        counter(
                text,
                "lightnvr_dropped_total",
                "Events that were given up",
                recorder -> recorder.bridge().waiting().dropped());
        counter(text, "lightnvr_refused_total", "Messages that the broker refused", count(StatusBoard.Counts::refused));
        gauge(
                text,
                "lightnvr_waiting",
                "Messages of events and visits that wait for the broker",
                recorder -> recorder.bridge().waiting().waiting());
        gauge(
                text,
                "lightnvr_oldest_waiting_seconds",
                "How long the oldest of them has waited",
                recorder -> recorder.bridge()
                        .waiting()
                        .oldest()
                        .map(this::secondsSince)
                        .orElse(0.0));
        writeParts(text);
        writeStreams(text);
        writeLatencies(text);
        PageBackend.About about = recorders.get(0).bridge().about();
        gauge(
                text,
                "lightnvr_start_time_seconds",
                "When the bridge was started, in epoch seconds",
                about.started().toEpochMilli() / MILLIS);
        head(text, "lightnvr_build_info", "gauge", "The version of the bridge");
        sample(text, "lightnvr_build_info", "version=" + quoted(about.version()), 1);
        writeMemory(text);
        return text.toString();
    }

    private double secondsSince(Instant time) {
        return Math.max(0, Duration.between(time, wall.instant()).toMillis() / MILLIS);
    }

    private static ToDoubleFunction<Watched> count(ToLongFunction<StatusBoard.Counts> count) {
        return recorder -> count.applyAsLong(recorder.board().counts());
    }

    private void writeParts(StringBuilder text) {
        head(text, "lightnvr_connected", "gauge", "Whether the bridge has a connection to its neighbour");
        for (Watched recorder : recorders) {
            for (PartStatus part : recorder.live().parts()) {
                if (isTold(part)) {
                    sample(
                            text,
                            "lightnvr_connected",
                            labels(recorder, "part=" + quoted(part.part().toString())),
                            part.condition() == PartStatus.Condition.ONLINE ? 1 : 0);
                }
            }
        }
    }

    /** Of Home Assistant nothing is known before it starts or ends, which is no reason for an alarm. */
    private static boolean isTold(PartStatus part) {
        return switch (part.part()) {
            case RECORDER, BROKER -> true;
            case HOME_ASSISTANT ->
                part.condition() == PartStatus.Condition.ONLINE || part.condition() == PartStatus.Condition.OFFLINE;
            case SUPERVISOR -> false;
        };
    }

    private void writeStreams(StringBuilder text) {
        gauge(
                text,
                "lightnvr_streams",
                "Streams of the recorder",
                recorder -> recorder.live().streams().size());
        head(text, "lightnvr_stream_online", "gauge", "Whether a stream runs");
        for (Watched recorder : recorders) {
            for (StreamStatus stream : recorder.live().streams()) {
                sample(
                        text,
                        "lightnvr_stream_online",
                        labels(
                                recorder,
                                "stream=" + quoted(stream.camera().name().raw())),
                        stream.camera().online() ? 1 : 0);
            }
        }
    }

    private void writeLatencies(StringBuilder text) {
        String name = "lightnvr_delivery_seconds";
        head(text, name, "histogram", "From when the bridge has an event to the broker's acknowledgement");
        for (Watched recorder : recorders) {
            Latencies.Counted latencies = recorder.board().latencies().counted();
            long below = 0;
            for (int bucket = 0; bucket < Latencies.BOUNDS.size(); bucket++) {
                below += latencies.counts().get(bucket);
                String bound = "le=" + quoted(number(Latencies.BOUNDS.get(bucket) / MILLIS));
                sample(text, name + "_bucket", labels(recorder, bound), below);
            }
            sample(text, name + "_bucket", labels(recorder, "le=\"+Inf\""), latencies.count());
            sample(text, name + "_sum", labels(recorder, ""), latencies.sum().toNanos() / 1e9);
            sample(text, name + "_count", labels(recorder, ""), latencies.count());
        }
    }

    private static void writeMemory(StringBuilder text) {
        Runtime machine = Runtime.getRuntime();
        head(text, "jvm_memory_used_bytes", "gauge", "Memory that the Java virtual machine uses");
        sample(text, "jvm_memory_used_bytes", "area=\"heap\"", machine.totalMemory() - machine.freeMemory());
        head(text, "jvm_memory_max_bytes", "gauge", "Memory that the Java virtual machine may use");
        sample(text, "jvm_memory_max_bytes", "area=\"heap\"", machine.maxMemory());
        residentBytes()
                .ifPresent(bytes -> gauge(text, "process_resident_memory_bytes", "Memory of the process", bytes));
    }

    /** Linux alone tells it. */
    private static Optional<Long> residentBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void counter(StringBuilder text, String name, String help, ToDoubleFunction<Watched> value) {
        head(text, name, "counter", help);
        samples(text, name, value);
    }

    private void gauge(StringBuilder text, String name, String help, ToDoubleFunction<Watched> value) {
        head(text, name, "gauge", help);
        samples(text, name, value);
    }

    private void samples(StringBuilder text, String name, ToDoubleFunction<Watched> value) {
        recorders.forEach(recorder -> sample(text, name, labels(recorder, ""), value.applyAsDouble(recorder)));
    }

    private static String labels(Watched recorder, String others) {
        return recorder.name()
                .map(name -> "recorder=" + quoted(name) + (others.isEmpty() ? "" : ",") + others)
                .orElse(others);
    }

    private static void gauge(StringBuilder text, String name, String help, double value) {
        head(text, name, "gauge", help);
        sample(text, name, "", value);
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP %s %s.\n# TYPE %s %s\n".formatted(name, help, name, type));
    }

    private static void sample(StringBuilder text, String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** The value of a label: only these three characters are escaped. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
