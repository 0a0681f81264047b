package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A camera whose detector looks at one picture per second. One thread only. */
final class SimulatedCamera {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final double MILLIS = 1_000;
    private static final double LEAST_QUIET = 0.5;
    private static final double MOST_QUIET = 1.5;

    private final Place place;
    private final RandomGenerator random;
    private final double quietPerVisit;
    private Instant nextPicture;
    private Instant visitBegins;
    private Visit visit;

    /**
     * @param firstVisit when its first visit begins; it may have begun before the first picture
     * @param busy for which part of the time something happens, above 0 and below 1
     */
    SimulatedCamera(Place place, RandomGenerator random, Instant firstPicture, Instant firstVisit, double busy) {
        this.place = place;
        this.random = random;
        this.quietPerVisit = (1 - busy) / busy;
        this.nextPicture = firstPicture;
        this.visitBegins = firstVisit;
        this.visit = place.programme().get(0).plan(random);
    }

    /** What its detector has found since the last call. */
    List<Frame> until(Instant now) {
        List<Frame> frames = new ArrayList<>();
        while (!nextPicture.plus(place.detectorTakes()).isAfter(now)) {
            List<SimulatedRow> rows = look();
            if (!rows.isEmpty()) {
                Instant found = nextPicture.plus(place.detectorTakes());
                frames.add(new Frame(place.stream(), nextPicture, found, rows));
            }
            nextPicture = nextPicture.plus(PERIOD);
        }
        return frames;
    }

    private List<SimulatedRow> look() {
        double seconds = Duration.between(visitBegins, nextPicture).toMillis() / MILLIS;
        if (seconds > visit.duration()) {
            planNextVisit();
            return List.of();
        }
        return visit.seenAt(seconds, random);
    }

    private void planNextVisit() {
        double quiet = visit.duration() * quietPerVisit * random.nextDouble(LEAST_QUIET, MOST_QUIET);
        visitBegins = nextPicture.plusMillis(Math.round(quiet * MILLIS));
        List<Happening> programme = place.programme();
        visit = programme.get(random.nextInt(programme.size())).plan(random);
    }
}
