package io.lightnvr.mqtt.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(faults(4, ALL)).isEqualTo(faults(4, ALL)).isNotEqualTo(faults(5, ALL));
    }

    @Test
    void hasEveryKindThatItMayHaveAndNoOther() {
        assertThat(faults(4, ALL)).extracting(Fault::kind).containsAll(ALL);
        assertThat(faults(4, EnumSet.of(Kind.DISK_FULL, Kind.BROKER_CUT)))
                .extracting(Fault::kind)
                .contains(Kind.DISK_FULL, Kind.BROKER_CUT)
                .containsOnly(Kind.DISK_FULL, Kind.BROKER_CUT);
        assertThat(faults(4, Set.of())).isEmpty();
    }

    @Test
    void endsEachFaultWithinTheRoundAndTheLongestTime() {
        assertThat(faults(4, ALL))
                .allMatch(fault -> fault.end().compareTo(LENGTH) < 0)
                .allMatch(fault -> fault.lasts().compareTo(Duration.ofSeconds(30)) <= 0)
                .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    }

    @Test
    void keepsApartWhatMustNotComeAtOnce() {
        for (int seed = 0; seed < 20; seed++) {
            List<Fault> faults = faults(seed, ALL);
            assertThat(faults)
                    .allMatch(fault -> faults.stream().noneMatch(other -> other != fault && fault.disturbs(other)));
        }
    }

    @Test
    void letsFaultsOverlapThatGoTogether() {
        List<Fault> faults = faults(4, ALL);

        assertThat(faults)
                .anyMatch(fault -> faults.stream()
                        .anyMatch(other -> other != fault
                                && other.at().compareTo(fault.at()) > 0
                                && other.at().compareTo(fault.end()) < 0));
    }

    @Test
    void killsNoBridgeWhoseDiskIsFull() {
        assertThat(Kind.BRIDGE_KILL.excludes(Kind.DISK_FULL)).isTrue();
        assertThat(Kind.DISK_FULL.excludes(Kind.BRIDGE_KILL)).isTrue();
        assertThat(Kind.DISK_FULL.excludes(Kind.BRIDGE_FREEZE)).isFalse();
    }

    @Test
    void leavesTimeForALookBeforeAndAfterTheClockIsSet() {
        Fault away = new Fault(Kind.RECORDER_KILL, Duration.ofSeconds(10), Duration.ofSeconds(5));

        assertThat(away.disturbs(clockAt(34))).isTrue();
        assertThat(away.disturbs(clockAt(35))).isFalse();
        assertThat(clockAt(35).disturbs(away)).isFalse();
        assertThat(clockAt(0).disturbs(away)).isTrue();
    }

    @Test
    void readsListsOfKinds() {
        assertThat(Kind.named("all")).isEqualTo(ALL);
        assertThat(Kind.named("broker_kill,clock_1970")).containsExactly(Kind.BROKER_KILL, Kind.CLOCK_1970);
        assertThat(Kind.named("all,-bridge_kill")).hasSize(ALL.size() - 1).doesNotContain(Kind.BRIDGE_KILL);
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.named("broker"));
    }

    private static Fault clockAt(int second) {
        return new Fault(Kind.CLOCK_AHEAD, Duration.ofSeconds(second), Duration.ofSeconds(8));
    }

    private static List<Fault> faults(long seed, Set<Kind> kinds) {
        return Schedule.of(new Plan(seed, LENGTH, Duration.ofSeconds(30), kinds, Way.of(seed)));
    }
}
