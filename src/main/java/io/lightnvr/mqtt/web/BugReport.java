package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.LastHour;
import io.lightnvr.mqtt.status.LogLines;
import io.lightnvr.mqtt.status.PartStatus;
import io.lightnvr.mqtt.status.StatusBoard;
import io.lightnvr.mqtt.status.StreamStatus;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes all that helps to find a fault as a text to be published: without secrets, addresses and names of people and places. */
final class BugReport {

    private final List<Watched> recorders;
    private final LogLines log;
    private final PageHost host;
    private final Clock wall;

    /**
     * @param recorders at least one
     * @param wall the machine's clock
     */
    BugReport(List<Watched> recorders, LogLines log, PageHost host, Clock wall) {
        this.recorders = recorders;
        this.log = log;
        this.host = host;
        this.wall = wall;
    }

    /** The text. */
    String text() {
        return host.anonymous(String.join(
                "\n",
                about(),
                section(
                        "Neighbours",
                        lines(recorder -> recorder.live().parts().stream().map(part -> part(recorder, part)))),
                section(
                        "Streams",
                        lines(recorder -> recorder.live().streams().stream().map(BugReport::stream))),
                section(
                        "Findings",
                        Stream.concat(
                                host.troubles().stream().map(Finding::toString),
                                lines(recorder -> recorder.board().counts().findings().stream()
                                        .map(Finding::toString)))),
                section("Counts", lines(BugReport::counts)),
                section(
                        "Configuration",
                        host.configuration().entrySet().stream()
                                .map(option -> option.getKey() + ": " + option.getValue())),
                section("Log", log.last().stream().map(line -> line.at() + " " + line.level() + " " + line.text()))));
    }

    /** Lines of each recorder, which begin with its name where there are several. */
    private Stream<String> lines(Function<Watched, Stream<String>> lines) {
        return recorders.stream().flatMap(recorder -> lines.apply(recorder).map(recorder::named));
    }

    private String about() {
        PageBackend.About about = recorders.get(0).bridge().about();
        return "LightNVR MQTT %s, Java %s, %s %s\nstarted %s, now %s\n"
                .formatted(
                        about.version(),
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        PageJson.iso(about.started()),
                        PageJson.iso(wall.instant()));
    }

    private static String part(Watched recorder, PartStatus part) {
        return "%s: %s since %s %s"
                .formatted(
                        part.part(),
                        part.condition(),
                        part.since()
                                .map(recorder.bridge()::wall)
                                .map(PageJson::iso)
                                .orElse("the start"),
                        part.sentence())
                .strip();
    }

    private static String stream(StreamStatus stream) {
        StreamStatus.Camera camera = stream.camera();
        return "%s: %s, %d zones, shows %s"
                .formatted(
                        camera.name(),
                        camera.gone() ? "gone" : camera.online() ? "online" : "offline",
                        camera.zones().size(),
                        stream.present().keySet());
    }

    private static Stream<String> counts(Watched recorder) {
        StatusBoard board = recorder.board();
        StatusBoard.Counts counts = board.counts();
        PageBackend.Waiting waiting = recorder.bridge().waiting();
        List<LastHour.Minute> hour = board.lastHour().minutes();
        return Stream.of(
                "seen %d, published %d, visits %d, missed %d, dropped %d, refused %d"
                        .formatted(
                                counts.seen(),
                                counts.published(),
                                board.visits(),
                                counts.missed(),
                                waiting.dropped(),
                                counts.refused()),
                "waiting %d, oldest since %s"
                        .formatted(
                                waiting.waiting(),
                                waiting.oldest().map(PageJson::iso).orElse("-")),
                "last error: " + counts.lastError().orElse("-"),
                "events in each minute of the last hour: "
                        + hour.stream()
                                .map(minute -> Long.toString(minute.events()))
                                .collect(Collectors.joining(" ")),
                "slowest of each, in ms: "
                        + hour.stream()
                                .map(minute -> minute.longest().isPresent()
                                        ? Long.toString(minute.longest().getAsLong())
                                        : "-")
                                .collect(Collectors.joining(" ")));
    }

    private static String section(String title, Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", title + "\n" + "-".repeat(title.length()) + "\n", "\n"));
    }
}
