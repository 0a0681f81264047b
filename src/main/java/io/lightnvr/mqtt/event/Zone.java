package io.lightnvr.mqtt.event;

import java.util.List;
import java.util.Set;

/**
 * A part of a stream's picture that has a name.
 *
 * @param id the recorder's id, which stays when the name changes
 * @param name what people call it
 * @param enabled whether the recorder uses it
 * @param polygon its corners, in parts of the picture
 * @param labels only these labels count in it, empty means all
 * @param minConfidence the least confidence that counts in it, inclusive
 */
public record Zone(
        String id, String name, boolean enabled, List<Point> polygon, Set<String> labels, float minConfidence) {

    /** A corner. */
    public record Point(float x, float y) {}

    public Zone {
        name = Text.wellFormed(name);
        polygon = List.copyOf(polygon);
        labels = Set.copyOf(labels);
    }

    /**
     * The name of the zone that a detection is in: the first enabled one, in list order, that accepts it; {@code ""}
     * where none does. This is the recorder's own rule.
     */
    public static String nameFor(List<Zone> zones, String label, float confidence, Box box) {
        return zones.stream()
                .filter(zone -> zone.accepts(label, confidence, box))
                .map(Zone::name)
                .findFirst()
                .orElse("");
    }

    /** Its id as a part of ids of our own: lower-case letters, digits and {@code _}; different for different ids. */
    public String key() {
        return id.matches("[a-z0-9_]{1,64}") ? id : Sha256.shortHash(id);
    }

    /** Whether a detection is in this zone: enabled, label and confidence wanted, the box's centre inside. */
    public boolean accepts(String label, float confidence, Box box) {
        return enabled
                && confidence >= minConfidence
                && (labels.isEmpty() || labels.contains(label))
                && contains(box.centreX(), box.centreY());
    }

    /** Whether a point is inside, by the even-odd rule. */
    boolean contains(float x, float y) {
        boolean inside = false;
        for (int i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
            Point a = polygon.get(i);
            Point b = polygon.get(j);
            if (a.y() > y != b.y() > y && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) {
                inside = !inside;
            }
        }
        return inside;
    }
}
