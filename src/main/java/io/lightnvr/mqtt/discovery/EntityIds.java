package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.event.StreamName;

/**
 * Home Assistant makes entity ids of the device's and the entity's name. Where it cannot make anything of a stream's name,
 * such as one of emoji alone, all such streams would get the same ids with {@code _2}; those get ids of their key.
 *
 * @param key the stream's key, empty where no help is needed
 */
record EntityIds(String key) {

    static EntityIds where(StreamName stream) {
        boolean readable = stream.raw().codePoints().anyMatch(Character::isLetterOrDigit);
        return new EntityIds(readable ? "" : stream.key().replaceAll("[^A-Za-z0-9]+", ""));
    }

    Component helped(Component component) {
        boolean isEntity = component.options().containsKey("name");
        return key.isEmpty() || !isEntity
                ? component
                : component.with("default_entity_id", component.platform() + ".stream_" + key + "_" + component.id());
    }
}
