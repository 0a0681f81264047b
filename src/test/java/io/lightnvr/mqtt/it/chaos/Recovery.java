package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.Eventually;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The end of a round: nothing is wrong any more. Waits until what was shown has been heard, lets one last thing be seen in
 * each stream, and waits until everything is quiet. It waits in vain only for so long: what is missing then is for the
 * verdict to say.
 */
final class Recovery {

    /** A bridge with a wrong password tries again after a minute at most; what waits goes out after that. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** To look at all that was heard takes a while itself. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final World world;
    private final boolean allVisitsEnd;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    /**
     * Its patience begins now.
     *
     * @param allVisitsEnd whether every visit that was told of must have its end
     */
    Recovery(World world, boolean allVisitsEnd) {
        this.world = world;
        this.allVisitsEnd = allVisitsEnd;
    }

    void await() {
        world.recorder().rest();
        await(this::allIsHeard);
        world.recorder().curtain();
        await(() -> curtainFell(world.ledger()) && allIsHeard() && allIsRemembered());
        await(() -> StateCheck.problems(world.ledger(), world.tap().hearing()).isEmpty());
        if (allVisitsEnd) {
            await(() -> VisitCheck.problems(world.tap().hearing()).isEmpty());
        }
        awaitQuiet();
    }

    private boolean allIsHeard() {
        return RowCheck.of(world.ledger(), world.tap().hearing()).missing().isEmpty();
    }

    /** An ear with a session has at least as many events as it must have. */
    private boolean allIsRemembered() {
        Hearing tap = world.tap().hearing();
        return world.remembered().stream()
                .allMatch(ear -> MemoryCheck.missing(world.broker().kills(), tap, ear.hearing())
                        .isEmpty());
    }

    private static boolean curtainFell(Ledger ledger) {
        return ledger.rows().stream()
                        .filter(row -> row.sighted().row().equals(Cameras.CURTAIN))
                        .count()
                == Traffic.STREAMS.size();
    }

    private void awaitQuiet() {
        int[] heard = new int[1];
        long[] since = {System.nanoTime()};
        await(() -> {
            int now = world.tap().hearing().detections().size();
            if (now != heard[0]) {
                heard[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > QUIET.toNanos();
        });
    }

    private void await(BooleanSupplier condition) {
        long[] next = {System.nanoTime()};
        Eventually.within(Duration.ofNanos(deadline - System.nanoTime()), () -> {
            boolean due = System.nanoTime() - next[0] >= 0;
            boolean is = due && condition.getAsBoolean();
            next[0] = due ? System.nanoTime() + BETWEEN_LOOKS.toNanos() : next[0];
            return is;
        });
    }
}
