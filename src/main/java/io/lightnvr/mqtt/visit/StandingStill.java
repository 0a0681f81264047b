package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What stands still in a stream, such as a parked car: seen in one place in 3 events over at least 60 s, until it is not seen
 * there for 10 minutes. The event that makes it so is the last one in which it counts as a visitor.
 *
 * <p>All times are on the <em>bridge's</em> clock, at which the event happened, not by the seconds of the recorder: a camera
 * recorder's clock may be set by hours when it finds its time server, and the bridge knows for each event how long it has
 * waited. The price: a bridge's clock that is set forward by 10 minutes makes what stands still new once. One that is set
 * back only keeps it for longer, by 10 minutes at most.
 *
 * @param boxes at most {@value #MOST}; beyond it, what does not stand still yet goes first, then the oldest sighting
 */
record StandingStill(List<StillBox> boxes) {

    static final int MOST = 64;
    static final StandingStill NOTHING = new StandingStill(List.of());

    private static final Comparator<StillBox> KEPT_FIRST = Comparator.comparing(StillBox::isStill)
            .thenComparing(StillBox::seen)
            .reversed();

    StandingStill {
        boxes = boxes.size() > MOST
                ? boxes.stream().sorted(KEPT_FIRST).limit(MOST).toList()
                : List.copyOf(boxes);
    }

    boolean has(Detection detection) {
        return match(detection).filter(StillBox::isStill).isPresent();
    }

    /** Without what was not seen for too long. */
    StandingStill at(Instant now) {
        return new StandingStill(each(box -> box.at(now)).boxes.stream()
                .filter(box -> !box.isForgotten(now))
                .toList());
    }

    /** As if all that stands still were seen now. */
    StandingStill resumed(Instant now) {
        return each(box -> box.resumed(now));
    }

    /**
     * After a further event, in which each box is seen at most once.
     *
     * @param happened when, on the bridge's clock
     */
    StandingStill and(DetectionEvent event, Instant happened) {
        Set<StillBox> seen = new HashSet<>();
        List<StillBox> added = new ArrayList<>();
        for (Detection detection : event.detections()) {
            Optional<StillBox> match = match(detection);
            match.ifPresent(seen::add);
            if (match.isEmpty() && isNew(detection, added)) {
                added.add(StillBox.of(detection, happened));
            }
        }
        List<StillBox> all = new ArrayList<>(each(box -> seen.contains(box) ? box.seenAgain(happened) : box).boxes);
        all.addAll(added);
        return new StandingStill(all);
    }

    private static boolean isNew(Detection detection, List<StillBox> added) {
        return StillBox.isPlace(detection.box())
                && added.size() < MOST
                && added.stream().noneMatch(box -> box.matches(detection));
    }

    private StandingStill each(UnaryOperator<StillBox> change) {
        return new StandingStill(boxes.stream().map(change).toList());
    }

    private Optional<StillBox> match(Detection detection) {
        return boxes.stream()
                .filter(box -> StillBox.isPlace(detection.box()) && box.matches(detection))
                .max(Comparator.comparingDouble(box -> box.overlap(detection.box())));
    }
}
