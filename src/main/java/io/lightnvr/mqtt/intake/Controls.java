package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.source.RecorderControls;
import io.lightnvr.mqtt.source.StreamList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Lets people tell the recorder what to do: a {@link ControlLane} for each stream, on a thread that intake and delivery do not need.
 * Thread-safe.
 */
final class Controls implements IntakeListener {

    /** Told once for each list of streams, whichever keys are used. */
    private static final String UNKNOWN = "unknown";

    private final RecorderControls controls;
    private final IntakeListener listener;
    private final ToldOnce told;
    private final IntakeTimes times;
    /** By the key of the stream. */
    private final Map<String, ControlLane> lanes = new HashMap<>();

    private boolean isOnline;

    /**
     * @param listener hears what can be controlled
     * @param trouble takes what went wrong, as sentences
     * @param times with a scheduler that may be held up for seconds
     */
    Controls(RecorderControls controls, IntakeListener listener, Consumer<String> trouble, IntakeTimes times) {
        this.controls = controls;
        this.listener = listener;
        this.told = new ToldOnce(LoggerFactory.getLogger(Controls.class), trouble);
        this.times = times;
    }

    /**
     * Takes a command; returns at once.
     *
     * @param key of the stream
     */
    void take(String key, ControlCommand command) {
        Optional<ControlLane> lane;
        synchronized (this) {
            lane = Optional.ofNullable(lanes.get(key));
        }
        lane.ifPresentOrElse(
                known -> known.take(command),
                () -> told.tell(
                        UNKNOWN, "", command.wish() + ": there is no stream with the key " + Text.printable(key)));
    }

    @Override
    public synchronized void recorderAnswers(boolean online) {
        isOnline = online;
        told.over(ControlLane.REFUSAL);
        lanes.values().forEach(lane -> lane.online(online));
    }

    @Override
    public synchronized void streamsListed(StreamSelection.Selection streams) {
        told.over(UNKNOWN);
        Set<String> listed = new HashSet<>();
        for (StreamList.Stream stream : streams.wanted().streams()) {
            listed.add(stream.name().key());
            lanes.computeIfAbsent(stream.name().key(), key -> lane(stream.name()));
        }
        lanes.forEach((key, lane) -> {
            if (!listed.contains(key)) {
                lane.end();
            }
        });
        lanes.keySet().retainAll(listed);
    }

    @Override
    public synchronized void renamed(StreamName old, StreamName renamed) {
        ControlLane before = lanes.remove(old.key());
        if (before != null) {
            before.end();
            lanes.put(renamed.key(), lane(renamed));
        }
    }

    private ControlLane lane(StreamName stream) {
        return new ControlLane(stream, controls, listener, told, times, isOnline);
    }
}
