package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.discovery.Announced;
import io.lightnvr.mqtt.discovery.Announcements;
import io.lightnvr.mqtt.store.AnnouncedTopic;
import io.lightnvr.mqtt.store.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps what was announced to Home Assistant in the store. */
public record StoredAnnouncements(Store store) implements Announcements.Memory {

    @Override
    public Map<String, Announced> announced() {
        Map<String, Announced> announced = new LinkedHashMap<>();
        store.announcedTopics()
                .forEach((topic, kept) -> announced.put(topic, new Announced(kept.payload(), kept.tombstone())));
        return announced;
    }

    @Override
    public void keep(String topic, Announced announced) {
        if (announced.equals(Announced.NOTHING)) {
            store.removeAnnounced(topic);
        } else {
            store.keepAnnounced(topic, new AnnouncedTopic(announced.payload(), announced.tombstone()));
        }
    }

    @Override
    public void flush() {
        store.flush();
    }
}
