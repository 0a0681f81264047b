package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.VisitOf.id;
import static io.lightnvr.mqtt.web.VisitOf.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import io.lightnvr.mqtt.status.VisitStatus.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitHistoryTest {

    private static final StreamName DOOR = new StreamName("Front Door");
    private static final StreamName YARD = new StreamName("yard");
    private static final Shown DOG = new Shown("dog", 0.75f, new Box(0, 0, 0.5f, 0.5f));

    @TempDir
    private Path data;

    private final Writer writer = new Writer();
    private final FullDisk disk = new FullDisk();
    private final List<KeptVisit> told = new ArrayList<>();
    private long now = Long.MAX_VALUE - 1_000_000_000L;

    private Path folder() {
        return data.resolve("page");
    }

    private VisitHistory open(long limit) {
        return new VisitHistory(new HistoryFolder(folder(), () -> now, disk), limit, writer, () -> now, told::add);
    }

    private VisitHistory again(VisitHistory history, long limit) {
        writer.work();
        history.rewrite();
        return open(limit);
    }

    private List<String> files() throws IOException {
        writer.work();
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> ids(VisitHistory history) {
        return history.visits().stream().map(kept -> kept.visit().id()).toList();
    }

    private KeptVisit told() {
        return told.get(told.size() - 1);
    }

    private static byte[] jpeg(int size) {
        return new byte[size];
    }

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
    void drawsTheDetectionOverThePictureThatShowsIt() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));

        history.pictured(DOOR, jpeg(10), Optional.of(DOG));

        assertThat(told().shown()).hasValue(DOG);
        assertThat(told().picture()).isPositive();
    }

    @Test
    void eachPictureHasAnotherNumberThoughTheFormerOneWasDropped() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(60), Optional.empty());
        int first = told().picture();
        history.visited(visit(2, YARD, Phase.START));
        history.pictured(YARD, jpeg(60), Optional.empty());
        assertThat(history.visits().get(1).hasPicture()).isFalse();

        VisitHistory again = again(history, 100);
        again.pictured(DOOR, jpeg(30), Optional.empty());

        assertThat(told().picture()).isGreaterThan(first);
    }

    @Test
    void theOldestVisitsLoseTheirPicturesFirst() throws Exception {
        VisitHistory history = open(100);
        for (int i = 1; i <= 3; i++) {
            StreamName stream = new StreamName("s" + i);
            history.visited(visit(i, stream, Phase.START));
            history.pictured(stream, jpeg(50), Optional.of(DOG));
        }

        assertThat(history.visits().stream().map(KeptVisit::hasPicture)).containsExactly(true, true, false);
        assertThat(history.visits().get(2).shown()).isEmpty();
        assertThat(history.used()).isEqualTo(100);
        assertThat(files()).containsExactly(id(2) + ".jpg", id(3) + ".jpg", "visits.jsonl");
    }

    @Test
    void theOldestVisitLosesItsNewPictureToo() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.visited(visit(2, YARD, Phase.START));
        history.pictured(YARD, jpeg(60), Optional.empty());

        history.pictured(DOOR, jpeg(41), Optional.empty());

        assertThat(told().hasPicture()).isFalse();
        assertThat(files()).containsExactly(id(2) + ".jpg", "visits.jsonl");
    }

    @Test
    void keepsAPictureAsLargeAsTheLimitAndNoneThatIsLarger() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));

        history.pictured(DOOR, jpeg(101), Optional.empty());
        assertThat(told().hasPicture()).isFalse();

        history.pictured(DOOR, jpeg(100), Optional.empty());
        assertThat(told().hasPicture()).isTrue();
        assertThat(files()).containsExactly(id(1) + ".jpg", "visits.jsonl");
    }

    @Test
    void keepsNoPicturesWithoutALimit() throws Exception {
        VisitHistory history = open(0);
        history.pictured(DOOR, jpeg(1), Optional.empty());
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(1), Optional.empty());

        assertThat(history.visits().get(0).hasPicture()).isFalse();
        assertThat(files()).containsExactly("visits.jsonl");
    }

    @Test
    void aLowerLimitHoldsFromTheNextStartOn() throws Exception {
        VisitHistory history = open(10_000);
        for (int i = 0; i < 100; i++) {
            StreamName stream = new StreamName("s" + i);
            history.visited(visit(i, stream, Phase.START));
            history.pictured(stream, jpeg(100), Optional.empty());
        }
        writer.work();
        history.rewrite();
        writer.limit(1);

        VisitHistory again = open(250);

        assertThat(again.used()).isEqualTo(200);
        assertThat(files()).containsExactly(id(98) + ".jpg", id(99) + ".jpg", "visits.jsonl");
    }

    @Test
    void aPictureThatIsThereBeforeItsVisitBelongsToIt() {
        VisitHistory history = open(100);
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        now += 1_999_999_999L;

        history.visited(visit(1, DOOR, Phase.START));

        assertThat(told().hasPicture()).isTrue();
        assertThat(told().shown()).as("what the visit began with").hasValue(VisitOf.BEST);
    }

    @Test
    void anOlderPictureBelongsToNoVisit() {
        VisitHistory history = open(100);
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        now += 2_000_000_000L;

        history.visited(visit(1, DOOR, Phase.START));

        assertThat(told().hasPicture()).isFalse();
    }

    @Test
    void anEarlyPictureWaitsForTheVisitThatBeginsThoughAnOlderOneHasNews() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.END));
        history.pictured(DOOR, jpeg(10), Optional.empty());
        history.visited(visit(1, DOOR, Phase.END, 3));

        history.visited(visit(2, DOOR, Phase.START));

        assertThat(told().hasPicture()).isTrue();
        assertThat(history.visits().get(1).hasPicture()).isFalse();
    }

    @Test
    void anEarlyPictureIsOfOneVisitAlone() {
        VisitHistory history = open(100);
        history.pictured(DOOR, jpeg(10), Optional.empty());
        history.visited(visit(1, DOOR, Phase.START));

        history.visited(visit(2, DOOR, Phase.START));

        assertThat(told().hasPicture()).isFalse();
    }

    @Test
    void aPictureOfAnotherStreamBelongsToNoVisitOfThisOne() {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));

        history.pictured(YARD, jpeg(10), Optional.empty());

        assertThat(told).hasSize(1);
        assertThat(history.visits().get(0).hasPicture()).isFalse();
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
    void aPictureForWhichTheWriterHasNoRoomIsNotKept() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, new byte[] {1}, Optional.empty());
        writer.work();
        writer.limit(0);

        history.pictured(DOOR, new byte[] {2, 2}, Optional.of(DOG));

        assertThat(told().shown()).isEmpty();
        assertThat(history.used()).isEqualTo(1);
        assertThat(history.picture(id(1))).hasValue(new byte[] {1});
    }

    @Test
    void noMoreThanFourMebibytesOfPicturesWaitForASlowDisk() throws Exception {
        int mebibyte = 1 << 20;
        VisitHistory history = open(20 * mebibyte);
        for (int number = 1; number <= 5; number++) {
            history.visited(visit(number, new StreamName("camera " + number), Phase.START));
            history.pictured(new StreamName("camera " + number), new byte[mebibyte], Optional.empty());
        }

        assertThat(history.used()).isEqualTo(4 * mebibyte);

        writer.work();
        history.pictured(new StreamName("camera 5"), new byte[mebibyte], Optional.empty());
        assertThat(history.used()).isEqualTo(5 * mebibyte);
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
    void aPictureThatIsNotThereIsNotShown() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        writer.work();
        Files.delete(folder().resolve(id(1) + ".jpg"));
        assertThat(history.picture(id(1))).isEmpty();

        VisitHistory again = open(100);

        assertThat(again.visits().get(0).hasPicture()).isFalse();
        assertThat(again.used()).isZero();
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
    void aVisitHasNoPictureThatTheDiskDidNotTake() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        writer.work();
        history.pictured(DOOR, jpeg(20), Optional.of(DOG));
        disk.room = 15;
        writer.work();

        assertThat(told().picture()).isZero();
        assertThat(history.visits()).containsExactly(told());
        assertThat(history.used()).isZero();
        assertThat(history.picture(id(1))).isEmpty();
        assertThat(files()).containsExactly("visits.jsonl");

        disk.room = Integer.MAX_VALUE;
        history.visited(visit(1, DOOR, Phase.END));
        writer.work();
        assertThat(open(100).visits()).containsExactly(KeptVisit.of(visit(1, DOOR, Phase.END)));
    }

    @Test
    void aLaterPictureStaysThoughTheDiskDidNotTakeTheOneBefore() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        writer.work();
        history.pictured(DOOR, jpeg(10), Optional.of(DOG));
        history.pictured(DOOR, jpeg(12), Optional.of(DOG));
        disk.room = 5;
        writer.next();
        disk.room = Integer.MAX_VALUE;
        writer.work();

        assertThat(told().hasPicture()).isTrue();
        assertThat(history.picture(id(1))).hasValue(jpeg(12));
    }

    @Test
    void readsAPictureWithoutKeepingTheLoopsWaiting() throws Exception {
        VisitHistory history = open(100);
        history.visited(visit(1, DOOR, Phase.START));
        history.pictured(DOOR, jpeg(10), Optional.empty());
        writer.work();
        Path picture = folder().resolve(id(1) + ".jpg");
        Files.delete(picture);
        // Who opens a pipe to read waits for one who writes.
        assertThat(new ProcessBuilder("mkfifo", picture.toString()).start().waitFor())
                .isZero();
        Thread reader = new Thread(() -> history.picture(id(1)));
        reader.start();

        history.visited(visit(1, DOOR, Phase.END));

        assertThat(told().visit().phase()).isEqualTo(Phase.END);
        assertThat(reader.isAlive()).isTrue();

        Files.write(picture, jpeg(1));
        reader.join();
    }

    @Test
    void whatAPictureChangesIsNotToldAfterTheEndThatFollowed() throws Exception {
        List<KeptVisit> all = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        VisitHistory history =
                new VisitHistory(new HistoryFolder(folder(), () -> now), 100, writer, () -> now, kept -> {
                    meanwhile.getAndSet(() -> {}).run();
                    all.add(kept);
                });
        history.visited(visit(1, DOOR, Phase.START));
        Thread end = new Thread(() -> history.visited(visit(1, DOOR, Phase.END)));
        meanwhile.set(() -> {
            end.start();
            while (end.getState() != Thread.State.BLOCKED && end.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
        });

        history.pictured(DOOR, jpeg(10), Optional.empty());
        end.join();

        assertThat(all.stream().map(kept -> kept.visit().phase() + " " + kept.hasPicture()))
                .containsExactly("START false", "START true", "END true");
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
