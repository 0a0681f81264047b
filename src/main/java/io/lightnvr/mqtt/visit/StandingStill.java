package io.lightnvr.mqtt.visit;

import io.lightnvr.mqtt.event.Box;
import io.lightnvr.mqtt.event.Detection;
import io.lightnvr.mqtt.event.DetectionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    StandingStill {
        boxes = boxes.size() > MOST
                ? boxes.stream().sorted(StandingStill::keptFirst).limit(MOST).toList()
                : List.copyOf(boxes);
    }

    private static int keptFirst(StillBox one, StillBox other) {
        return one.isStill() == other.isStill()
                ? other.seen().compareTo(one.seen())
                : Boolean.compare(other.isStill(), one.isStill());
    }

    boolean has(Detection detection) {
        return match(detection).filter(StillBox::isStill).isPresent();
    }

    /** Without what was not seen for too long. */
    StandingStill at(Instant now) {
        List<StillBox> left = new ArrayList<>();
        for (StillBox box : boxes) {
            StillBox then = box.at(now);
            if (!then.isForgotten(now)) {
                left.add(then);
            }
        }
        return new StandingStill(left);
    }

    /** As if all that stands still were seen now. */
    StandingStill resumed(Instant now) {
        return new StandingStill(boxes.stream().map(box -> box.resumed(now)).toList());
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
        List<StillBox> all = new ArrayList<>();
        boxes.forEach(box -> all.add(seen.contains(box) ? box.seenAgain(happened) : box));
        all.addAll(added);
        return new StandingStill(all);
    }

    private static boolean isNew(Detection detection, List<StillBox> added) {
        return StillBox.isPlace(detection.box())
                && added.size() < MOST
                && added.stream().noneMatch(box -> box.matches(detection));
    }

    private Optional<StillBox> match(Detection detection) {
        Box place = detection.box();
        Optional<StillBox> best = Optional.empty();
        if (StillBox.isPlace(place)) {
            for (StillBox box : boxes) {
                if (box.matches(detection)
                        && (best.isEmpty() || box.overlap(place) > best.get().overlap(place))) {
                    best = Optional.of(box);
                }
            }
        }
        return best;
    }
}
