package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.News;
import io.lightnvr.mqtt.status.StreamStatus;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The streams and zones that were there since the start: the log may name those that are gone. The first thousand. Thread-safe. */
final class SeenNames {

    private static final int MOST = 1_000;

    private final Set<StreamName> streams = new LinkedHashSet<>();
    private final Set<Zone> zones = new LinkedHashSet<>();

    SeenNames(LiveStatus live) {
        live.follow(news -> {
            if (news instanceof News.StreamsChanged) {
                add(live.streams());
            } else if (news instanceof News.Renamed renamed) {
                add(renamed);
            }
        });
        add(live.streams());
    }

    private synchronized void add(List<StreamStatus> now) {
        for (StreamStatus stream : now) {
            add(streams, stream.camera().name());
            stream.camera().zones().forEach(zone -> add(zones, zone));
        }
    }

    private synchronized void add(News.Renamed renamed) {
        add(streams, renamed.old());
        add(streams, renamed.renamed());
    }

    private static <T> void add(Collection<T> all, T one) {
        if (all.size() < MOST) {
            all.add(one);
        }
    }

    synchronized List<StreamName> streams() {
        return List.copyOf(streams);
    }

    synchronized List<Zone> zones() {
        return List.copyOf(zones);
    }
}
