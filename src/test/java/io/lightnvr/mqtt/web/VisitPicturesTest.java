package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.VisitOf.id;
import static io.lightnvr.mqtt.web.VisitOf.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The pictures of the history; {@link VisitHistoryTest} has its visits. */
class VisitPicturesTest extends HistoryOnDisk {

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
}
