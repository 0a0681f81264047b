package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Optional;

/**
 * Home Assistant makes entity ids of the device's and the entity's name. Where it can make nothing of a stream's name, such as
 * one of emoji alone, or where the name is so long that the entity's would be cut off (at 255 characters), all of them
 * would get the same ids with {@code _2}, {@code _3} and so on; those get ids of their hash.
 *
 * @param hash of the stream, absent where no help is needed
 */
record EntityIds(Optional<String> hash) {

    private static final int LONGEST = 100;

    static EntityIds of(StreamName stream) {
        String name = stream.raw();
        boolean isGood = name.length() <= LONGEST && name.codePoints().anyMatch(Character::isLetterOrDigit);
        return new EntityIds(Optional.of(stream.hash()).filter(hash -> !isGood));
    }

    /** A component, with an id of its own where it is an entity that needs one. */
    Component helped(Component component) {
        boolean isEntity = component.options().containsKey("name");
        return hash.filter(any -> isEntity)
                .map(any -> component.with(
                        "default_entity_id", component.platform() + ".stream_" + any + "_" + component.id()))
                .orElse(component);
    }
}
