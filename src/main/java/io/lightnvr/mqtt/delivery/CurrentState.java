package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Zone;
import io.lightnvr.mqtt.source.StreamList;
import io.lightnvr.mqtt.state.StreamView;
import io.lightnvr.mqtt.status.LiveStatus;
import io.lightnvr.mqtt.status.StreamStatus;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is true now: who is available, what each stream shows, and which devices there are. For the delivery thread alone;
 * {@code now} is in nanoseconds of a monotonic clock.
 */
final class CurrentState implements DeliveryPart {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentState.class);

    private final StreamTopics topics;
    private final DeviceAnnouncer devices;
    private final StoredStates states;
    private final MissingStreams missing;
    private final boolean visits;
    private final boolean controls;
    private final LiveStatus live;
    private final Map<StreamName, StreamList.Stream> streams = new HashMap<>();
    private Optional<Set<StreamName>> listed = Optional.empty();
    private boolean recorderOnline;

    /**
     * @param visits whether there are visits; otherwise nothing stays of those of an earlier configuration
     * @param controls whether there are controls, in the same way
     * @param live shows the streams to those who look on
     */
    CurrentState(
            StreamTopics topics,
            DeviceAnnouncer devices,
            StoredStates states,
            MissingStreams missing,
            boolean visits,
            boolean controls,
            LiveStatus live,
            long now) {
        this.topics = topics;
        this.devices = devices;
        this.states = states;
        this.missing = missing;
        this.visits = visits;
        this.controls = controls;
        this.live = live;
        topics.availability(true);
        states.restore(now).forEach(stream -> know(new StreamList.Stream(stream, false, Optional.empty()), now));
        setAvailabilities();
    }

    /** A stream that is missing is offline; when it is gone for good, its device and topics go too. */
    @Override
    public void streamsListed(DeliverySignal.StreamsListed list, long now) {
        listed = Optional.of(list.wanted().names());
        missing.gone(known(list), list.wanted(), now)
                .forEach(stream -> remove(stream, list.excluded().contains(stream), now));
        streams.replaceAll((stream, known) -> known.withOnline(false));
        for (StreamList.Stream stream : list.wanted().streams()) {
            states.watch(stream.name(), stream.zones(), now);
            know(stream, now);
        }
        setAvailabilities();
    }

    /** The known streams but for those that the recorder has and the user may want. */
    private Set<StreamName> known(DeliverySignal.StreamsListed list) {
        Set<StreamName> known = new LinkedHashSet<>(streams.keySet());
        known.removeAll(list.unsure());
        return known;
    }

    private void know(StreamList.Stream stream, long now) {
        topics.keep(stream.name());
        StreamList.Stream before = streams.put(stream.name(), stream);
        if (before == null && !visits) {
            topics.clearVisits(stream.name());
        }
        if (before == null) {
            beginControls(stream.name());
        }
        if (before == null || !before.zones().equals(stream.zones())) {
            devices.stream(stream.name(), stream.zones(), now);
        }
    }

    private void beginControls(StreamName stream) {
        if (controls) {
            topics.controls(stream, ControlView.NONE, false);
        } else if (devices.mayRead(stream, topics.controls(stream))) {
            topics.clearControls(stream);
        }
    }

    private void remove(StreamName stream, boolean isExcluded, long now) {
        LOG.info(
                "The stream {} {}: removing its device",
                stream,
                isExcluded ? "is excluded by detections.streams or detections.ignore_streams" : "is gone");
        streams.remove(stream);
        states.unwatch(stream);
        devices.remove(stream, now);
        topics.clear(stream, streams.keySet());
    }

    @Override
    public void forget(StreamName stream, long now) {
        if (streams.containsKey(stream) && isGone(stream)) {
            remove(stream, false, now);
            setAvailabilities();
        }
    }

    private boolean isGone(StreamName stream) {
        return listed.filter(names -> !names.contains(stream)).isPresent();
    }

    /** Forgets a stream that is gone once the broker keeps nothing of it. */
    @Override
    public void acknowledged(Message message, ReasonCode reason, long now) {
        topics.acknowledged(message);
        for (StreamName stream : topics.cleared()) {
            if (devices.isWithdrawn(stream)) {
                topics.forget(stream);
                states.forget(stream);
            }
        }
    }

    @Override
    public void recorderAnswers(boolean online, long now) {
        recorderOnline = online;
        if (!online) {
            missing.startOver();
        }
        setAvailabilities();
    }

    /** What the stream shows moves to the topics of the new name, and its device reads them there. */
    @Override
    public void renamed(StreamName old, StreamName renamed, long now) {
        StreamList.Stream known = streams.remove(old);
        if (known == null) {
            return;
        }
        states.rename(old, renamed, now);
        devices.rename(old, renamed);
        topics.renameLastVisit(old, renamed);
        topics.clear(old, streams.keySet());
        know(new StreamList.Stream(renamed, known.online(), known.zones(), known.cameraUuid()), now);
        setAvailabilities();
    }

    @Override
    public void streamCondition(StreamName stream, boolean online) {
        streams.computeIfPresent(stream, (name, known) -> known.withOnline(online));
        setAvailabilities();
    }

    @Override
    public void recorderStorage(String level, long now) {
        topics.recorderStorage(level);
        devices.recorderStorage(now);
    }

    @Override
    public void visited(DeliverySignal.Visited visit, long now) {
        if (streams.containsKey(visit.stream())) {
            topics.lastVisit(visit.stream(), visit.started(), visit.duration());
        }
    }

    @Override
    public void alertsChanged(DeliverySignal.AlertsChanged alerts, long now) {
        if (streams.containsKey(alerts.stream())) {
            topics.alerts(alerts.stream(), alerts.on(), alerts.pause());
        }
    }

    @Override
    public void controlsChanged(DeliverySignal.ControlsChanged changed, long now) {
        StreamList.Stream known = streams.get(changed.stream());
        if (known != null && controls) {
            topics.controls(changed.stream(), changed.view(), changed.isAnswer());
            if (devices.controls(changed.stream(), changed.view())) {
                devices.stream(changed.stream(), known.zones(), now);
            }
        }
    }

    @Override
    public void detected(List<DetectionEvent> events, long now) {
        states.detected(events, now);
    }

    @Override
    public void pictured(StreamName stream, long now) {
        StreamList.Stream known = streams.get(stream);
        if (known != null && devices.pictured(stream)) {
            devices.stream(stream, known.zones(), now);
        }
    }

    @Override
    public void closing() {
        topics.availability(false);
    }

    @Override
    public void refresh(long now) {
        states.changes(now).forEach((stream, view) -> {
            topics.state(stream, view);
            live.shows(stream, present(view), occupied(view));
        });
    }

    /** Who is there: the groups, or else {@code motion} or {@code other}. */
    private static List<String> present(StreamView view) {
        List<String> groups = namesOf(view.groups());
        if (!groups.isEmpty() || view.labels().isEmpty()) {
            return groups;
        }
        return List.of(EventSummary.type(groups, view.labels().keySet()));
    }

    private static Set<String> occupied(StreamView view) {
        return Set.copyOf(namesOf(view.zones()));
    }

    private static List<String> namesOf(Map<String, Boolean> switches) {
        return switches.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public OptionalLong waitNanos(long now) {
        return states.waitNanos(now);
    }

    private void setAvailabilities() {
        streams.forEach((stream, known) -> topics.availability(stream, known.online() && recorderOnline));
        live.cameras(streams.values().stream()
                .map(stream -> new StreamStatus.Camera(
                        stream.name(),
                        stream.online() && recorderOnline,
                        isGone(stream.name()),
                        stream.zones().orElse(List.of()).stream()
                                .filter(Zone::enabled)
                                .toList()))
                .toList());
    }
}
