package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.DetectionSource;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.store.Store;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows cameras that get another name, by the recorder's id of them (LightNVR 0.45 and later): the stream goes on under the new
 * name, with its sequence, how far it was read, and its device in Home Assistant. Thread-safe.
 */
final class CameraNames {

    private static final Logger LOG = LoggerFactory.getLogger(CameraNames.class);

    private final Store store;
    private final DetectionSource source;
    private final BiConsumer<StreamName, StreamName> renaming;
    private final IntakeListener listener;
    private volatile boolean isListed;

    /** @param renaming lets what is stored of a stream go on under another name, which it takes second */
    CameraNames(
            Store store, DetectionSource source, BiConsumer<StreamName, StreamName> renaming, IntakeListener listener) {
        this.store = store;
        this.source = source;
        this.renaming = renaming;
        this.listener = listener;
    }

    /** Takes a new list; returns it without the old names of streams that have another one now. */
    StreamList follow(StreamList list) {
        isListed =
                list.streams().stream().anyMatch(stream -> stream.cameraUuid().isPresent());
        Set<StreamName> old = new HashSet<>();
        List<StreamList.Stream> left = new ArrayList<>(list.streams());
        // A name becomes free when the camera that had it is renamed itself.
        while (left.removeIf(stream -> isFree(stream.name(), stream.cameraUuid()))) {
            list.streams().stream()
                    .filter(stream -> !left.contains(stream))
                    .forEach(stream -> seen(stream.name(), stream.cameraUuid()).ifPresent(old::add));
        }
        left.forEach(stream -> seen(stream.name(), stream.cameraUuid()));
        list.names().forEach(old::remove);
        return old.isEmpty() ? list : list.without(old);
    }

    /**
     * A stream is of a camera; returns its old name if it had another one. Two cameras that swap their names keep the devices of
     * these names.
     *
     * @param camera the recorder's id; empty if it is not known
     */
    synchronized Optional<StreamName> seen(StreamName stream, Optional<String> camera) {
        Optional<StreamName> before = camera.flatMap(store::streamOf);
        if (camera.isEmpty() || before.equals(Optional.of(stream))) {
            return Optional.empty();
        }
        Optional<StreamName> old = before.filter(any -> isFree(stream, camera));
        old.ifPresent(name -> rename(name, stream));
        store.keepCamera(stream, camera.get());
        return old;
    }

    /** Whether a name is of no other camera. */
    private boolean isFree(StreamName stream, Optional<String> camera) {
        return store.cameraOf(stream)
                .filter(other -> !camera.equals(Optional.of(other)))
                .isEmpty();
    }

    /**
     * An event says of which camera a stream is. A list of the recorder, where there is one, knows better.
     *
     * @return false if the list knows the camera by another name
     */
    boolean heard(StreamName stream, Optional<String> camera) {
        if (!isListed) {
            seen(stream, camera);
            return true;
        }
        return camera.flatMap(store::streamOf)
                .filter(other -> !other.equals(stream))
                .isEmpty();
    }

    private void rename(StreamName old, StreamName renamed) {
        LOG.info("The stream {} is called {} now", old, renamed);
        renaming.accept(old, renamed);
        source.renamed(old, renamed);
        listener.renamed(old, renamed);
    }
}
