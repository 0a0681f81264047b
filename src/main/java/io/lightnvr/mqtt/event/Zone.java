package io.lightnvr.mqtt.event;

import java.util.List;
import java.util.Set;

/**
 * A named part of a stream's picture.
 *
 * @param id the recorder's id, which survives a change of the name
 * @param name the name for people
 * @param enabled whether the recorder uses it
 * @param polygon its corners, as fractions of the picture
 * @param labels only these labels count in it; empty means all
 * @param minConfidence the lowest confidence that counts in it, inclusive
 */
public record Zone(
        String id, String name, boolean enabled, List<Point> polygon, Set<String> labels, float minConfidence) {

    /** A corner of the polygon. */
    public record Point(float x, float y) {}

    public Zone {
        name = Text.wellFormed(name);
        polygon = List.copyOf(polygon);
        labels = Set.copyOf(labels);
    }

    /**
     * Returns the name of the zone that a detection is in: the first enabled one, in list order, that accepts it, or
     * {@code ""}. This is the recorder's own rule.
     */
    public static String nameFor(List<Zone> zones, String label, float confidence, Box box) {
        return zones.stream()
                .filter(zone -> zone.accepts(label, confidence, box))
                .map(Zone::name)
                .findFirst()
                .orElse("");
    }

    /** Returns the name for Home Assistant: cut after 255 characters, with {@code ?} for control characters. */
    public String displayName() {
        return Text.oneLine(Text.cut(name));
    }

    /** Returns the name of the zone with an id, or the id itself if no zone has it. */
    public static String nameOf(List<Zone> zones, String id) {
        return zones.stream()
                .filter(zone -> zone.id().equals(id))
                .map(Zone::name)
                .findFirst()
                .orElse(id);
    }

    /** Returns its id for use in other ids: lower-case letters, digits and {@code _}; different for different ids. */
    public String key() {
        return id.matches("[a-z0-9_]{1,64}") ? id : Sha256.shortHash(id);
    }

    /** Returns 8 hexadecimal digits of its id; different for different ids. */
    public String hash() {
        return Sha256.shortHash(id);
    }

    /** Returns whether a detection is in this zone: enabled, label and confidence accepted, the box's centre inside. */
    public boolean accepts(String label, float confidence, Box box) {
        return enabled
                && confidence >= minConfidence
                && (labels.isEmpty() || labels.contains(label))
                && contains(box.centreX(), box.centreY());
    }

    /** Returns whether a point is inside, by the even-odd rule. */
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
