package io.lightnvr.mqtt.visit;

import static io.lightnvr.mqtt.event.Events.FRONT_DOOR;
import static io.lightnvr.mqtt.event.Events.SECOND;
import static io.lightnvr.mqtt.event.Events.detection;
import static io.lightnvr.mqtt.event.Events.inZone;
import static io.lightnvr.mqtt.visit.Stage.DRIVE;
import static io.lightnvr.mqtt.visit.Stage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.ClearTimes;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.VisitReport.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VisitRulesTest {

    private static final Detection PERSON = detection("person", 0.8f);
    private static final Detection CAR = detection("car", 0.95f);
    private static final Detection MOTION = detection("motion", 1);

    private final Stage stage = new Stage();

    @Test
    void startsWithTheFirstEventAndSaysAllOfIt() {
        List<VisitReport> reports = stage.sees(inZone("person", 0.8f, "path"), CAR);

        assertThat(reports)
                .containsExactly(new VisitReport(
                        Type.START,
                        VisitId.of("instance", FRONT_DOOR, "event-1"),
                        1,
                        FRONT_DOOR,
                        SECOND,
                        OptionalLong.empty(),
                        0,
                        "person",
                        List.of("person", "vehicle"),
                        List.of("person", "vehicle"),
                        Map.of("person", new VisitLabel(1, 0.8f), "car", new VisitLabel(1, 0.95f)),
                        List.of("path"),
                        1,
                        new VisitBest("person", 0.8f, Box.whole(), SECOND, "event-1"),
                        Optional.empty()));
    }

    @Test
    void endsWhenTheClearTimeHasPassedWithoutAnEvent() {
        stage.sees(PERSON);
        stage.waits(20).sees(PERSON);

        assertThat(stage.waits(29.999).passes()).isEmpty();
        VisitReport end = only(stage.waits(0.001).passes());

        assertThat(end.type()).isEqualTo(Type.END);
        assertThat(end.revision()).isEqualTo(2);
        assertThat(end.visitId()).isEqualTo(stage.reports.get(0).visitId());
        assertThat(end.started()).isEqualTo(SECOND);
        assertThat(end.ended()).hasValue(SECOND + 20);
        assertThat(end.duration()).isEqualTo(20);
        assertThat(end.events()).isEqualTo(2);
        assertThat(stage.visits.open()).isEmpty();
        assertThat(stage.passes()).isEmpty();
    }

    @Test
    void anEventAfterTheClearTimeEndsTheOldVisitBeforeItStartsANewOne() {
        stage.sees(PERSON);

        List<VisitReport> reports = stage.waits(30).sees(CAR);

        assertThat(reports).extracting(VisitReport::type).containsExactly(Type.END, Type.START);
        assertThat(reports).extracting(VisitReport::revision).containsExactly(2, 1);
        assertThat(reports).extracting(VisitReport::eventType).containsExactly("person", "vehicle");
        assertThat(reports).extracting(VisitReport::visitId).doesNotHaveDuplicates();
    }

    @Test
    void theIdDependsOnTheInstanceTheStreamAndTheFirstEvent() {
        StreamName garage = new StreamName("garage");

        assertThat(List.of(
                        VisitId.of("a", FRONT_DOOR, "e"),
                        VisitId.of("b", FRONT_DOOR, "e"),
                        VisitId.of("a", garage, "e"),
                        VisitId.of("a", FRONT_DOOR, "f"),
                        VisitId.of("ag", new StreamName("arage"), "e")))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void theIdNeverChangesItsEncoding() {
        assertThat(VisitId.of("instance", FRONT_DOOR, "event-1")).isEqualTo("070767cd4d7e339cc40056d7a55657b0");
    }

    @Test
    void anEventThatWaitedLongerThanTheUsualClearTimeIsHistory() {
        assertThat(stage.seesLate(30.001, PERSON)).isEmpty();
        assertThat(stage.visits).isEqualTo(StreamVisits.NONE);

        stage.sees(PERSON);
        StreamVisits before = stage.visits;
        assertThat(stage.waits(40).seesLate(30.001, CAR)).isEmpty();
        assertThat(stage.visits).isSameAs(before);
    }

    @Test
    void theClearTimeBeginsWhenTheEventHappened() {
        stage.seesLate(20, PERSON);

        assertThat(stage.visits.nextDue()).contains(stage.now.plusSeconds(10));
    }

    @Test
    void theClearTimeIsTheLongestOfTheLabelsOfTheLastEvent() {
        Stage own = new Stage(new ClearTimes(Stage.CLEAR, Map.of("vehicle", Duration.ofMinutes(5))));
        own.sees(PERSON, CAR);
        assertThat(own.visits.nextDue()).contains(own.now.plusSeconds(300));

        own.waits(10).sees(PERSON);
        assertThat(own.visits.nextDue()).contains(own.now.plusSeconds(30));
    }

    @Test
    void aLateEventBelongsToTheVisitButProlongsNothing() {
        stage.sees(PERSON);
        stage.waits(25).sees(PERSON);

        stage.waits(10).seesLate(20, PERSON);

        assertThat(stage.visits.nextDue()).contains(stage.now.plusSeconds(20));
        VisitReport end = only(stage.waits(20).passes());
        assertThat(end.events()).isEqualTo(3);
        assertThat(end.ended()).hasValue(SECOND + 25);
    }

    @Test
    void anEventOfAnEarlierSecondLeavesTheStart() {
        stage.sees(PERSON);
        stage.seesLate(10, PERSON);

        VisitReport end = only(stage.waits(30).passes());

        assertThat(end.started()).isEqualTo(SECOND);
        assertThat(end.ended()).hasValue(SECOND);
        assertThat(end.duration()).isZero();
    }

    @Test
    void nothingNewIsNoUpdate() {
        stage.sees(PERSON, CAR);

        assertThat(stage.waits(5).sees(PERSON, CAR)).isEmpty();
        assertThat(stage.waits(5).sees(detection("person", 0.5f))).isEmpty();
        assertThat(stage.waits(5).passes()).isEmpty();
    }

    @Test
    void aFurtherGroupIsAnUpdate() {
        stage.sees(PERSON);

        VisitReport update = only(stage.waits(5).sees(CAR));

        assertThat(update.type()).isEqualTo(Type.UPDATE);
        assertThat(update.revision()).isEqualTo(2);
        assertThat(update.groups()).containsExactly("person", "vehicle");
        assertThat(update.eventType()).isEqualTo("person");
        assertThat(update.duration()).isEqualTo(5);
        assertThat(update.ended()).isEmpty();
    }

    @Test
    void aFurtherLabelIsAnUpdate() {
        stage.sees(CAR);

        VisitReport update = only(stage.waits(5).sees(detection("truck", 0.5f)));

        assertThat(update.labels())
                .containsExactly(entry("car", new VisitLabel(1, 0.95f)), entry("truck", new VisitLabel(1, 0.5f)));
        assertThat(update.groups()).containsExactly("vehicle");
    }

    @Test
    void aFurtherZoneIsAnUpdateAndZonesStandInTheOrderInWhichTheyWereEntered() {
        stage.sees(inZone("person", 0.8f, "yard"));
        stage.waits(5).sees(inZone("person", 0.8f, "entrance"));

        assertThat(stage.waits(5).sees(inZone("person", 0.8f, "yard"))).isEmpty();
        assertThat(stage.reports.get(1).zones()).containsExactly("yard", "entrance");
    }

    @Test
    void moreOfALabelAtOnceIsAnUpdate() {
        stage.sees(PERSON);

        VisitReport update = only(stage.waits(5).sees(PERSON, detection("person", 0.6f)));

        assertThat(update.labels()).containsExactly(entry("person", new VisitLabel(2, 0.8f)));
    }

    @Test
    void aBestThatIsSurerByATenthThanTheOneThatWasReportedIsAnUpdate() {
        stage.sees(PERSON);

        assertThat(stage.waits(5).sees(detection("person", 0.85f))).isEmpty();
        assertThat(stage.waits(5).sees(detection("person", 0.899f))).isEmpty();
        VisitReport update = only(stage.waits(5).sees(detection("person", 0.9f)));

        assertThat(update.best()).isEqualTo(new VisitBest("person", 0.9f, Box.whole(), SECOND + 15, "event-4"));
        assertThat(stage.waits(5).sees(detection("person", 0.99f))).isEmpty();
    }

    @Test
    void aMoreImportantTypeIsAnUpdateWithItsOwnBest() {
        stage.sees(CAR);

        VisitReport update = only(stage.waits(5).sees(detection("person", 0.4f), detection("car", 0.99f)));

        assertThat(update.eventType()).isEqualTo("person");
        assertThat(update.best().label()).isEqualTo("person");
        assertThat(update.best().confidence()).isEqualTo(0.4f);
    }

    @Test
    void aLessImportantTypeChangesNeitherTypeNorBest() {
        stage.sees(detection("person", 0.4f));

        VisitReport update = only(stage.waits(5).sees(CAR));

        assertThat(update.eventType()).isEqualTo("person");
        assertThat(update.best().confidence()).isEqualTo(0.4f);
        assertThat(stage.waits(5).sees(detection("car", 1))).isEmpty();
    }

    @Test
    void withoutAGroupTheTypeIsMotionOrOther() {
        VisitReport start = only(stage.sees(detection("ghost", 0.9f)));
        assertThat(start.eventType()).isEqualTo("other");
        assertThat(start.groups()).isEmpty();

        VisitReport update = only(stage.waits(5).sees(detection("motion", 0.5f)));
        assertThat(update.eventType()).isEqualTo("motion");
        assertThat(update.best().label()).isEqualTo("motion");
    }

    @Test
    void anUpdateWithinTwoSecondsWaitsAndTheLastOneWins() {
        stage.sees(MOTION);
        assertThat(stage.waits(0.5).sees(CAR)).isEmpty();
        assertThat(stage.waits(0.5).sees(PERSON)).isEmpty();
        assertThat(stage.visits.nextDue()).contains(Instant.ofEpochSecond(SECOND + 2));

        assertThat(stage.waits(0.999).passes()).isEmpty();
        VisitReport update = only(stage.waits(0.001).passes());

        assertThat(update.revision()).isEqualTo(2);
        assertThat(update.groups()).containsExactly("person", "vehicle");
        assertThat(stage.waits(2).passes()).isEmpty();
    }

    @Test
    void anEventThatComesWhenAnUpdateIsDueGoesOutWithIt() {
        stage.sees(MOTION);
        stage.waits(1).sees(CAR);

        VisitReport update = only(stage.waits(2).sees(PERSON));

        assertThat(update.groups()).containsExactly("person", "vehicle");
        assertThat(stage.visits.nextDue()).contains(stage.now.plus(Stage.CLEAR));
    }

    @Test
    void theEndSaysAllAndNothingIsPendingAfterIt() {
        Stage own = new Stage(ClearTimes.always(Duration.ofSeconds(1)));
        own.sees(MOTION);
        own.waits(0.5).sees(PERSON);
        assertThat(own.visits.nextDue()).contains(own.now.plusSeconds(1));

        VisitReport end = only(own.waits(1).passes());

        assertThat(end.type()).isEqualTo(Type.END);
        assertThat(end.revision()).isEqualTo(2);
        assertThat(end.groups()).containsExactly("person");
        assertThat(own.visits.nextDue()).isEmpty();
    }

    @Test
    void aStepThatIsThrownAwayMayBeTakenAgain() {
        stage.sees(PERSON);
        StreamVisits before = stage.visits;
        DetectionEvent event =
                new DetectionEvent(FRONT_DOOR, SECOND + 5, List.of(CAR), Instant.ofEpochSecond(SECOND + 5));
        Step step = stage.rules.detected(before, event, "e", stage.now.plusSeconds(5));

        assertThat(stage.rules.detected(before, event, "e", stage.now.plusSeconds(5)))
                .isEqualTo(step);
    }

    @Test
    void aVisitGoesOnAfterARestart() {
        stage.sees(PERSON);
        restart();

        assertThat(stage.waits(10).sees(PERSON)).isEmpty();
        assertThat(only(stage.waits(30).passes()).events()).isEqualTo(2);
    }

    @Test
    void aVisitThatEndedWhileTheBridgeWasDownEndsLate() {
        stage.sees(PERSON);
        restart();

        VisitReport end = only(stage.waits(86_400).passes());

        assertThat(end.type()).isEqualTo(Type.END);
        assertThat(end.ended()).hasValue(SECOND);
    }

    @Test
    void aClearTimeThatIsSetLowerHoldsForAnOpenVisitToo() {
        Stage own = new Stage(ClearTimes.always(Duration.ofHours(1)));
        own.sees(PERSON);
        stage.visits = own.visits;

        assertThat(stage.waits(29).passes()).isEmpty();
        assertThat(stage.visits.nextDue()).contains(stage.now.plusSeconds(1));
    }

    @Test
    void aClockThatIsSetBackDelaysTheEndByAClearTimeAtMost() {
        stage.sees(PERSON);
        stage.waits(10).sees(PERSON);
        stage.waits(-3_600);
        assertThat(stage.visits.isDue(stage.now)).isTrue();

        assertThat(stage.passes()).isEmpty();
        assertThat(stage.visits.isDue(stage.now)).isFalse();
        assertThat(stage.visits.nextDue()).contains(stage.now.plus(Stage.CLEAR));
        assertThat(only(stage.waits(30).passes()).duration()).isEqualTo(10);
    }

    @Test
    void aClockThatIsSetBackDelaysAnUpdateByTwoSecondsAtMost() {
        stage.sees(PERSON);
        stage.waits(-3_600).sees(CAR);

        assertThat(stage.visits.nextDue()).contains(stage.now.plusSeconds(2));
        assertThat(only(stage.waits(2).passes()).type()).isEqualTo(Type.UPDATE);
    }

    @Test
    void aClockThatIsSetForwardEndsTheVisitOnce() {
        stage.sees(PERSON);

        assertThat(only(stage.waits(3_600).passes()).type()).isEqualTo(Type.END);
        assertThat(stage.waits(-3_600).passes()).isEmpty();
        assertThat(only(stage.sees(PERSON)).type()).isEqualTo(Type.START);
    }

    @Test
    void isDueOnlyWhenThereIsSomethingToDo() {
        assertThat(stage.visits.isDue(stage.now)).isFalse();

        stage.sees(PERSON);
        assertThat(stage.visits.isDue(stage.now)).isFalse();
        assertThat(stage.visits.isDue(stage.now.plusMillis(29_999))).isFalse();
        assertThat(stage.visits.isDue(stage.now.plusSeconds(30))).isTrue();
    }

    @Test
    void aRecordersClockThatIsSetForwardMakesNoVisitLong() {
        stage.sees(PERSON);
        stage.recorderAhead = 86_400;
        stage.waits(10).sees(PERSON);

        VisitReport end = only(stage.waits(30).passes());

        assertThat(end.duration()).isEqualTo(70);
        assertThat(end.ended()).hasValue(SECOND + 86_410);
    }

    @Test
    void aRecordersClockThatIsSetBackMakesNoDurationNegative() {
        stage.sees(PERSON);
        stage.recorderAhead = -86_400;
        stage.waits(10).sees(PERSON);

        VisitReport end = only(stage.waits(30).passes());

        assertThat(end.duration()).isZero();
        assertThat(end.ended()).hasValue(SECOND);
    }

    @Test
    void secondsAtTheEndsOfTimeAreBorne() {
        stage.recorderAhead = Long.MIN_VALUE;
        stage.sees(PERSON);
        stage.recorderAhead = Long.MAX_VALUE - 2 * SECOND;
        stage.waits(1).sees(PERSON);

        assertThat(only(stage.waits(30).passes()).duration()).isEqualTo(61);
    }

    @Test
    void whatStandsStillNeitherStartsNorProlongsAVisit() {
        stage.parks();
        assertThat(stage.visits.open()).isEmpty();

        assertThat(stage.sees(at(DRIVE, "car", 0.9f))).isEmpty();
        assertThat(stage.visits.open()).isEmpty();

        stage.sees(PERSON);
        stage.waits(20).sees(at(DRIVE, "car", 0.9f));
        assertThat(only(stage.waits(10).passes()).ended()).hasValue(stage.now.getEpochSecond() - 30);
    }

    @Test
    void whatStandsStillIsLeftOutOfWhatIsSaid() {
        stage.parks();

        VisitReport start = only(stage.sees(inZone("dog", 0.5f, "yard"), Stage.inZone(DRIVE, "car", 0.9f, "drive")));

        assertThat(start.eventType()).isEqualTo("animal");
        assertThat(start.groups()).containsExactly("animal");
        assertThat(start.labels()).containsOnlyKeys("dog");
        assertThat(start.zones()).containsExactly("yard");
        assertThat(start.best().label()).isEqualTo("dog");
    }

    @Test
    void somethingThatComesToStandEndsItsVisitAClearTimeAfterItIsRecognised() {
        for (int i = 0; i < 10; i++) {
            stage.sees(at(DRIVE, "car", 0.8f));
            stage.waits(10);
        }

        VisitReport end = stage.reports.get(stage.reports.size() - 1);
        assertThat(end.type()).isEqualTo(Type.END);
        assertThat(end.duration()).isEqualTo(60);
        assertThat(end.events()).isEqualTo(7);
        assertThat(stage.reports).hasSize(2);
    }

    @Test
    void anEventOfWhatStandsStillEndsAVisitThatIsOver() {
        stage.parks();
        stage.sees(PERSON);

        assertThat(only(stage.waits(30).sees(at(DRIVE, "car", 0.8f))).type()).isEqualTo(Type.END);
    }

    @Test
    void aRestartMakesTheParkedCarNotNew() {
        stage.parks();
        stage.waits(300);
        restart();

        assertThat(stage.sees(at(DRIVE, "car", 0.8f))).isEmpty();
    }

    @Test
    void aBridgeThatWasDownForLongGivesWhatStandsStillItsFullTime() {
        stage.parks();
        stage.waits(36_000);
        restart();
        stage.visits = stage.visits.resumed(stage.now);

        assertThat(stage.waits(599).sees(at(DRIVE, "car", 0.8f))).isEmpty();
        assertThat(stage.waits(600).sees(at(DRIVE, "car", 0.8f))).hasSize(1);
    }

    @Test
    void stepsOfTheRecordersClockMakeTheParkedCarNotNew() {
        stage.parks();

        stage.recorderAhead = 3_600;
        assertThat(stage.sees(at(DRIVE, "car", 0.8f))).isEmpty();
        stage.recorderAhead = -3_600;
        assertThat(stage.sees(at(DRIVE, "car", 0.8f))).isEmpty();
    }

    @Test
    void keepsABoundedNumberOfLabelsAndZones() {
        for (int i = 0; i < 300; i++) {
            stage.sees(inZone("label" + i, 0.5f, "zone" + i));
        }

        VisitReport end = only(stage.waits(30).passes());
        assertThat(end.labels()).hasSize(256).containsKey("label0");
        assertThat(end.zones()).hasSize(256).startsWith("zone0");
        assertThat(end.events()).isEqualTo(300);
    }

    private void restart() {
        stage.visits = VisitsCodec.read(VisitsCodec.write(stage.visits)).orElseThrow();
    }

    private static VisitReport only(List<VisitReport> reports) {
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }
}
