package io.lightnvr.mqtt.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T06:30:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(5);

    @Test
    void alertsForEachVisitUnlessOneOfItsTypeHasJustDone() {
        Alerts alerts = alerts("first", "person", 0, Alerts.ON);

        assertThat(alerts.isAlert(NOW)).isTrue();
        assertThat(isAlert("second", "person", 299, alerts)).isFalse();
        assertThat(isAlert("second", "person", 300, alerts)).isTrue();
        assertThat(isAlert("second", "vehicle", 1, alerts)).isTrue();
        assertThat(alerts.decided("second", "person", Duration.ZERO, NOW.plusSeconds(1))
                        .isAlert(NOW.plusSeconds(1)))
                .isTrue();
    }

    @Test
    void decidesOnceForAVisitOfAType() {
        Alerts quiet = alerts("second", "person", 299, alerts("first", "person", 0, Alerts.ON));

        assertThat(isAlert("second", "person", 301, quiet)).as("its end").isFalse();
        assertThat(isAlert("third", "person", 301, quiet)).isTrue();
        assertThat(isAlert("second", "vehicle", 301, quiet))
                .as("it has another type")
                .isTrue();
    }

    @Test
    void countsThePauseFromTheFirstAlertOfAVisit() {
        Alerts alerts = alerts("first", "person", 60, alerts("first", "person", 0, Alerts.ON));

        assertThat(isAlert("second", "person", 300, alerts)).isTrue();
    }

    @Test
    void prefersThePauseOfTheStream() {
        Alerts alerts = alerts("first", "person", 0, Alerts.ON.paused(Duration.ofMinutes(1)));

        assertThat(isAlert("second", "person", 60, alerts)).isTrue();
    }

    @Test
    void isQuietWhileItIsOffOrSnoozed() {
        Alerts snoozed = Alerts.ON.snoozed(NOW.plusSeconds(60));

        assertThat(isAlert("a", "person", 0, Alerts.ON.switched(false))).isFalse();
        assertThat(isAlert("a", "person", 59, snoozed)).isFalse();
        assertThat(isAlert("a", "person", 60, snoozed)).isTrue();
        assertThat(snoozed.switched(true).isOn(NOW)).isTrue();
        assertThat(snoozed.at(NOW)).isEqualTo(snoozed);
        assertThat(snoozed.at(NOW.plusSeconds(60))).isEqualTo(Alerts.ON);
    }

    @Test
    void isNeverQuietForYearsAfterAClockThatWasSetBack() {
        Duration ahead = Duration.ofDays(10_000);
        Alerts alerts = alerts("first", "person", ahead.toSeconds(), Alerts.ON)
                .snoozed(NOW.plus(ahead).plusSeconds(60));

        assertThat(alerts.isOn(NOW)).isTrue();
        assertThat(isAlert("second", "person", 0, alerts)).isTrue();
    }

    @Test
    void readsWhatAUserSays() {
        assertThat(said("ON").isOn(NOW)).isTrue();
        assertThat(said("off")).isEqualTo(Alerts.ON.switched(false));
        assertThat(said(" OFF 30m ").snoozedUntil()).contains(NOW.plusSeconds(1_800));
        assertThat(said("OFF 2h").snoozedUntil()).contains(NOW.plusSeconds(7_200));
        assertThat(AlertCommand.readPause("7.0").orElseThrow().apply(Alerts.ON).pause())
                .contains(Duration.ofMinutes(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maybe", "OFF 30", "OFF 0m", "OFF -1m", "OFF 200h", "OFF 9999999999999m"})
    void doesNotTakeWhatIsNoCommand(String text) {
        assertThat(AlertCommand.read(text, NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "a", "1.5", "99999"})
    void doesNotTakeWhatIsNoPause(String text) {
        assertThat(AlertCommand.readPause(text)).isEmpty();
    }

    private static Alerts said(String text) {
        return AlertCommand.read(text, NOW).orElseThrow().apply(Alerts.ON);
    }

    private static Alerts alerts(String visitId, String type, long second, Alerts before) {
        return before.decided(visitId, type, PAUSE, NOW.plusSeconds(second));
    }

    private static boolean isAlert(String visitId, String type, long second, Alerts before) {
        return alerts(visitId, type, second, before).isAlert(NOW.plusSeconds(second));
    }
}
