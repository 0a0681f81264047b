package io.lightnvr.mqtt.it.chaos;

import static io.lightnvr.mqtt.it.chaos.Talk.CAR;
import static io.lightnvr.mqtt.it.chaos.Talk.PERSON;
import static io.lightnvr.mqtt.it.chaos.Talk.ledger;
import static io.lightnvr.mqtt.it.chaos.Talk.sighted;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowCheckTest {

    @Test
    void isContentWhenEachRowWasHeard() {
        Ledger ledger = ledger(sighted(7, PERSON), sighted(7, PERSON), sighted(8, CAR));
        Hearing heard = new Talk()
                .event("a", 1, 7, PERSON)
                .event("b", 2, 7, PERSON)
                .event("c", 3, 8, CAR)
                .heard();

        assertThat(RowCheck.of(ledger, heard).problems()).isEmpty();
    }

    @Test
    void findsARowThatNobodyHeardOf() {
        Ledger ledger = ledger(sighted(7, PERSON), sighted(8, CAR));

        RowCheck check = RowCheck.of(ledger, new Talk().event("a", 1, 7, PERSON).heard());

        assertThat(check.missing()).containsExactly(sighted(8, CAR));
        assertThat(check.problems()).singleElement().asString().startsWith("Rows that nobody heard of: 1, such as");
    }

    @Test
    void findsOneOfTwoIdenticalRowsThatIsMissing() {
        Ledger ledger = ledger(sighted(7, PERSON), sighted(7, PERSON));
        Hearing heard =
                new Talk().event("a", 1, 7, PERSON).event("a", 1, 7, PERSON).heard();

        assertThat(RowCheck.of(ledger, heard).missing()).containsExactly(sighted(7, PERSON));
    }

    @Test
    void findsARowThatThereNeverWas() {
        Hearing heard =
                new Talk().event("a", 1, 7, PERSON).event("b", 2, 8, PERSON).heard();

        RowCheck check = RowCheck.of(ledger(sighted(7, PERSON)), heard);

        assertThat(check.missing()).isEmpty();
        assertThat(check.invented()).containsExactly(sighted(8, PERSON));
        assertThat(check.problems()).singleElement().asString().startsWith("Rows that there never were: 1");
    }

    @Test
    void doesNotAskForARowThatIsNotOwedButTakesIt() {
        Ledger late = new Ledger(
                ledger().begun(),
                List.of(new Ledger.Step(5_000, 3_600)),
                List.of(new Filed(6_000, 0, 3_600, sighted(4, PERSON))));

        assertThat(RowCheck.of(late, new Talk().heard()).problems()).isEmpty();
        assertThat(RowCheck.of(late, new Talk().event("a", 1, 4, PERSON).heard())
                        .problems())
                .isEmpty();
    }
}
