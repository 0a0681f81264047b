package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.VisitOf.id;
import static io.lightnvr.mqtt.web.VisitOf.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The visits of the history; {@link VisitPicturesTest} has their pictures. */
class VisitHistoryTest extends HistoryOnDisk {

    @Test
    void isEmptyAtFirst() {
        VisitHistory history = open(100);

        assertThat(history.visits()).isEmpty();
        assertThat(history.used()).isZero();
        assertThat(history.picture(id(1))).isEmpty();
    }

    @Test
    void showsTheNewestVisitFirstAndANewsOfAnOlderOneInItsPlace() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, YARD, Phase.START));

        history.visited(visit(1, DOOR, Phase.END));

        assertThat(ids(history)).containsExactly(id(2), id(1));
        assertThat(history.visits().get(1).visit()).isEqualTo(visit(1, DOOR, Phase.END));
    }

    @Test
    void keepsTwoHundredVisits() throws Exception {
        VisitHistory history = open(1_000);
        history.visited(visit(0, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        for (int i = 1; i < VisitHistory.MOST; i++) {
            history.visited(visit(i, YARD, Phase.START));
        }
        assertThat(ids(history)).hasSize(200).contains(id(0));

        history.visited(visit(200, YARD, Phase.START));

        assertThat(ids(history)).hasSize(200).doesNotContain(id(0)).startsWith(id(200));
        assertThat(history.used()).isZero();
        assertThat(files()).containsExactly("visits.jsonl");
    }

    @Test
    void aVisitThatWasDroppedDoesNotComeBackAsTheNewest() {
        VisitHistory history = open(100);
        for (int i = 0; i <= VisitHistory.MOST; i++) {
            history.visited(visit(i, YARD, Phase.START));
        }

        history.visited(visit(0, YARD, Phase.END));

        assertThat(told().visit()).isEqualTo(visit(0, YARD, Phase.END));
        assertThat(ids(history)).hasSize(200).doesNotContain(id(0)).startsWith(id(200));
    }

    @Test
    void knowsItsVisitsAndPicturesAfterARestart() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, new byte[] {1, 2, 3}, Optional.of(DOG));
        history.visited(visit(1, DOOR, Phase.UPDATE, 7));
        List<KeptVisit> before = history.visits();

        VisitHistory again = again(history, 100);

        assertThat(again.visits()).isEqualTo(before);
        assertThat(again.used()).isEqualTo(3);
        assertThat(again.picture(id(1))).hasValue(new byte[] {1, 2, 3});
    }

    @Test
    void knowsAVisitThatBeganBeforeAKill() {
        open(100).visited(visit(1, DOOR, Phase.START));
        writer.work();

        assertThat(open(100).visits()).containsExactly(KeptVisit.of(visit(1, DOOR, Phase.START)));
    }

    @Test
    void visitsThatAreNotOpenAfterAKillAreOver() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, YARD, Phase.START));
        history.visited(visit(3, new StreamName("gate"), Phase.END));
        VisitHistory again = again(history, 100);
        told.clear();

        again.endAllBut(Set.of(id(2), id(9)));

        assertThat(told)
                .singleElement()
                .satisfies(kept -> assertThat(kept.visit())
                        .isEqualTo(visit(1, DOOR, Phase.START).over()));
        assertThat(again.visits().stream().map(KeptVisit::isOpen)).containsExactly(false, true, false);
        writer.work();
        assertThat(open(100).visits()).isEqualTo(again.visits());
    }

    @Test
    void aVisitWhoseEndWasNotToldIsOverWhenTheNextOneBeginsAndGetsNoPicturesOfLater() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, DOOR, Phase.START));
        history.visited(visit(2, DOOR, Phase.END));

        assertThat(history.visits().get(1).visit().phase()).isEqualTo(Phase.END);
        assertThat(history.visits().get(1).visit().ended())
                .as("when it was last heard of")
                .hasValue(VisitOf.STARTED.plusSeconds(1));
        history.pictured(DOOR, jpeg(10), Optional.empty());
        assertThat(history.visits()).noneMatch(KeptVisit::hasPicture);
    }

    @Test
    void visitsGoOnUnderAnotherName() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, YARD, Phase.START));
        StreamName gate = new StreamName("gate");

        history.renamed(DOOR, gate);
        VisitHistory again = again(history, 100);

        assertThat(again.visits().stream().map(kept -> kept.visit().stream())).containsExactly(YARD, gate);
        again.pictured(gate, jpeg(10), Optional.empty());
        assertThat(told().visit().stream()).isEqualTo(gate);
        assertThat(told().hasPicture()).isTrue();
    }

    @Test
    void whatTheWriterHadNoRoomForIsMadeGoodWithTheNextChange() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(90), Optional.empty());
        history.visited(visit(2, YARD, Phase.START));
        writer.work();
        writer.limit(1);
        history.pictured(YARD, jpeg(80), Optional.empty());
        assertThat(files()).containsExactly(id(1) + ".jpg", id(2) + ".jpg", "visits.jsonl");

        history.visited(visit(2, YARD, Phase.END));

        assertThat(files()).containsExactly(id(2) + ".jpg", "visits.jsonl");
        assertThat(open(100).visits()).isEqualTo(history.visits());
    }

    @Test
    void theFileStaysShort() throws Exception {
        VisitHistory history = open(100);
        for (int i = 0; i < 5_000; i++) {
            history.visited(visit(i % 3, YARD, Phase.END, i));
            writer.work();
        }

        assertThat(Files.readAllLines(folder().resolve("visits.jsonl"))).hasSizeLessThanOrEqualTo(2_001);
    }

    @Test
    void linesThatAreNoVisitsAreLeftOut() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();
        String good = Files.readString(folder().resolve("visits.jsonl"));
        Files.write(
                folder().resolve("visits.jsonl"),
                List.of(
                        "",
                        "null",
                        "[1,2",
                        "\u0000\u0001\ufffd",
                        "{}",
                        "[".repeat(5_000),
                        "{\"id\":\"../../etc/passwd\"}",
                        good.strip().replace("\"started\":\"2026", "\"started\":\"tomorrow"),
                        good.strip().replace(id(1), id(2)).replace("\"start\"", "\"begin\""),
                        good.strip().replace(id(1), id(3)).replace("0.125", "1e999"),
                        good.strip().replace(id(1), id(4)).replace("\"Front Door\"", "\"\""),
                        good.strip().replace(id(1), id(7)).replace("\"confidence\":0.5", "\"confidence\":1e999"),
                        good.strip().replace(id(1), id(8)).replace("\"picture\":false", "\"picture\":2147483647"),
                        good.strip().replace(id(1), id(9)).replace("\"picture\":false", "\"picture\":-1"),
                        good.strip()
                                .replace(id(1), id(10))
                                .replace("\"duration\":0", "\"duration\":9223372036854775807"),
                        good.strip().replace(id(1), id(5)).replace("\"id\"", "\"later\":{\"v\":2},\"id\""),
                        good.strip().replace(id(1), id(6)).replace("Porch", "\\ud800"),
                        good.strip()));

        VisitHistory again = open(100);
        writer.work();

        assertThat(ids(again)).containsExactly(id(1), id(6), id(5));
        assertThat(open(100).visits()).hasSize(3);
    }

    @Test
    void readsTheLastTwoHundredVisitsOfALongFile() throws Exception {
        Files.createDirectories(folder());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            KeptVisit kept = KeptVisit.of(visit(i, YARD, Phase.END));
            lines.add(new String(PageJson.bytes(json -> VisitJson.write(json, kept)), StandardCharsets.UTF_8));
        }
        Files.write(folder().resolve("visits.jsonl"), lines);

        assertThat(ids(open(100))).hasSize(200).startsWith(id(999)).endsWith(id(800));
    }

    @Test
    void aLineThatAKillHasCutCostsOnlyItself() throws Exception {
        VisitHistory history = open(100);
        writer.work();
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, YARD, Phase.START));
        writer.work();
        Path file = folder().resolve("visits.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 40));

        VisitHistory again = open(100);
        writer.work();
        again.visited(visit(3, YARD, Phase.START));
        writer.work();

        assertThat(ids(open(100))).containsExactly(id(3), id(1));
    }

    @Test
    void theFileOfAnotherVersionIsAnEmptyHistory() throws Exception {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("visits.jsonl"), "SQLite format 3\u0000\u0010\n{\"version\":9}\n");

        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();

        assertThat(ids(open(100))).containsExactly(id(1));
    }

    @Test
    void leavesNothingOverOfAKill() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();
        Files.write(folder().resolve(id(1) + ".jpg"), jpeg(10));
        Files.write(folder().resolve(id(2) + ".jpg"), jpeg(10));
        Files.write(folder().resolve(id(3) + ".jpg.new"), jpeg(10));
        Files.write(folder().resolve("visits.jsonl.new"), jpeg(10));
        Files.createDirectories(folder().resolve("mine.jpg").resolve("inside"));
        Files.writeString(folder().resolve("notes.txt"), "mine");

        VisitHistory again = open(100);

        assertThat(again.visits().get(0).hasPicture()).isFalse();
        assertThat(again.used()).isZero();
        assertThat(files()).containsExactly("mine.jpg", "notes.txt", "visits.jsonl");
    }

    @Test
    void hostileNamesComeBackAsTheyAre() {
        StreamName hostile = new StreamName("a\"\\\n\r\u0000\u2028<b>\uD83D\uDC36");
        VisitHistory history = open(100);
        history.visited(visit(1, hostile, Phase.START));

        assertThat(again(history, 100).visits().get(0).visit().stream()).isEqualTo(hostile);
    }

    @Test
    void aKillWhileThingsAreWrittenCostsAtMostWhatWasNotWritten() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();
        history.pictured(DOOR, jpeg(10), Optional.empty());
        history.visited(visit(2, YARD, Phase.START));
        writer.forget();

        VisitHistory again = open(100);

        assertThat(again.visits()).containsExactly(KeptVisit.of(visit(1, DOOR, Phase.START)));
        assertThat(files()).containsExactly("visits.jsonl");
    }

    @Test
    void goesOnInMemoryWhereTheDiskRefuses() throws Exception {
        Files.writeString(folder(), "in the way", StandardOpenOption.CREATE);
        VisitHistory history = open(100);

        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(10), Optional.empty());
        history.visited(visit(2, YARD, Phase.START));
        writer.work();

        assertThat(ids(history)).containsExactly(id(2), id(1));
        assertThat(history.picture(id(1))).isEmpty();
    }

    @Test
    void writesAllOfItAfterTroubleWithTheDisk() throws Exception {
        Path inTheWay = Files.writeString(folder(), "in the way");
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();
        Files.delete(inTheWay);

        history.visited(visit(2, YARD, Phase.START));
        writer.work();

        assertThat(ids(open(100))).containsExactly(id(2), id(1));
    }

    @Test
    void tellsWhichVisitsChangeWithAnother() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(60), Optional.empty());
        history.visited(visit(2, YARD, Phase.START));
        told.clear();

        history.pictured(YARD, jpeg(60), Optional.empty());
        history.visited(visit(3, DOOR, Phase.START));

        assertThat(told.stream()
                        .map(kept -> kept.visit().id() + " " + kept.visit().phase() + " " + kept.hasPicture()))
                .containsExactly(
                        id(1) + " START false", id(2) + " START true", id(1) + " END false", id(3) + " START false");
    }

    @Test
    void staysWholeThoughManyUseItAtOnce() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        VisitHistory history =
                new VisitHistory(new HistoryFolder(folder(), () -> now), 1_000, thread, () -> now, kept -> {});
        CyclicBarrier begin = new CyclicBarrier(4);
        List<Future<?>> loops = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            StreamName stream = new StreamName("s" + i);
            int first = i * 100;
            loops.add(threads.submit(() -> {
                begin.await();
                for (int visit = first; visit < first + 100; visit++) {
                    history.visited(visit(visit, stream, Phase.START));
                    history.pictured(stream, jpeg(30), Optional.empty());
                    history.visits()
                            .forEach(kept -> history.picture(kept.visit().id()));
                    history.visited(visit(visit, stream, Phase.END));
                }
                return null;
            }));
        }
        for (Future<?> loop : loops) {
            loop.get();
        }
        threads.shutdown();
        thread.shutdown();
        assertThat(thread.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        List<String> pictured = history.visits().stream()
                .filter(KeptVisit::hasPicture)
                .map(kept -> kept.visit().id() + ".jpg")
                .toList();
        assertThat(history.visits()).hasSize(200);
        assertThat(history.used()).isEqualTo(30L * pictured.size()).isLessThanOrEqualTo(1_000);
        assertThat(files())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(pictured.stream(), Stream.of("visits.jsonl"))
                        .toList());
        assertThat(open(1_000).visits()).containsExactlyElementsOf(history.visits());
    }
}
