package io.lightnvr.mqtt.discovery;

import io.lightnvr.mqtt.event.StreamName;
import java.util.HashMap;
import java.util.Map;

/**
 * The names by which Home Assistant knows the devices of streams: a stream that was renamed keeps the device of its first name, with
 * all ids. Not thread-safe.
 */
public final class DeviceNames {

    private final Map<StreamName, StreamName> firstNames;

    /** @param firstNames of the streams that were renamed, by their present names */
    public DeviceNames(Map<StreamName, StreamName> firstNames) {
        this.firstNames = new HashMap<>(firstNames);
    }

    /** The name of a stream's device: its own, or another one if a stream that was renamed has a device of that name already. */
    public StreamName of(StreamName stream) {
        StreamName free = firstNames.containsValue(stream) ? new StreamName(stream.raw() + " 2") : stream;
        return firstNames.getOrDefault(stream, free);
    }

    /** A stream goes on under another name, with the device that it has. */
    public void rename(StreamName old, StreamName renamed) {
        StreamName device = of(old);
        firstNames.remove(old);
        firstNames.remove(renamed);
        if (!device.equals(renamed)) {
            firstNames.put(renamed, device);
        }
    }
}
