package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Optional;

/**
 * Suggests entity ids for streams of which Home Assistant cannot make good ones. It makes them of the device's and the
 * entity's name: of a name of emoji alone nothing is left, and a very long one is cut off (at 255 characters), so that the
 * entities would be numbered {@code _2}, {@code _3} and so on. Such streams get ids from their hash.
 *
 * @param hash of the stream; empty if its name makes good ids
 */
record EntityIds(Optional<String> hash) {

    private static final int LONGEST = 100;

    static EntityIds of(StreamName stream) {
        String name = stream.raw();
        boolean isGood = name.length() <= LONGEST && name.codePoints().anyMatch(Character::isLetterOrDigit);
        return new EntityIds(Optional.of(stream.hash()).filter(hash -> !isGood));
    }

    /** A component with a suggested id, if it is an entity that needs one. */
    Component helped(Component component) {
        boolean isEntity = component.options().containsKey("name");
        return hash.filter(any -> isEntity)
                .map(any -> component.with(
                        "default_entity_id", component.platform() + ".stream_" + any + "_" + component.id()))
                .orElse(component);
    }
}
