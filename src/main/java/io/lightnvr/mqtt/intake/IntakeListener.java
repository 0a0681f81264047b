package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.Alerts;
import io.lightnvr.mqtt.visit.VisitReport;
import java.util.List;
import java.util.Set;

/** Takes the news of intake. Called by intake's threads, which it must not hold up. */
public interface IntakeListener {

    /** Passes all news on to two listeners, in this order. */
    static IntakeListener both(IntakeListener first, IntakeListener second) {
        return new BothListeners(first, second);
    }

    /** The recorder answers, or has stopped answering. */
    default void recorderAnswers(boolean online) {}

    /** The recorder does not answer, or not as it should; a sentence for people. */
    default void recorderTrouble(String sentence) {}

    /** The recorder has listed its streams. */
    default void streamsListed(StreamSelection.Selection streams) {}

    /** A stream goes on under another name; comes before anything else of the new name. */
    default void renamed(StreamName old, StreamName renamed) {}

    /** The recorder says that a stream is down, or is not. */
    default void streamCondition(StreamName stream, boolean online) {}

    /** The recorder tells how full its storage is: {@code ok}, {@code warning}, {@code critical} or {@code emergency}. */
    default void storage(String level) {}

    /** Events were detected, and the store has them. */
    default void detected(List<DetectionEvent> events) {}

    /** Intake begins, and has these visits open, by id; all others that were ever open are over. Comes before any report. */
    default void visitsOpen(Set<String> ids) {}

    /** Reports of visits of a stream are in the store, the newest last. */
    default void visited(StreamName stream, List<VisitReport> reports) {}

    /** The alerts of a stream are on, off or snoozed now. */
    default void alerts(StreamName stream, Alerts alerts) {}

    /** A visit of a stream has a better detection than before, which comes to the store next. */
    default void bestChanged(StreamName stream) {}

    /** A picture of a stream is being fetched for a visit, whose report comes to the store next. */
    default void pictureExpected(StreamName stream) {}

    /** The recorder has given a picture, a JPEG, of a stream. */
    default void pictured(StreamName stream, byte[] jpeg) {}

    /** The recorder has given a still, a JPEG, of a stream, in which nothing need have been detected. */
    default void still(StreamName stream, byte[] jpeg) {}

    /**
     * What can be controlled of a stream now.
     *
     * @param isAnswer whether it is the answer to a command, even if nothing has changed
     */
    default void controls(StreamName stream, ControlView view, boolean isAnswer) {}

    /** The recorder's own publisher uses the bridge's client id at the bridge's broker. */
    default void clientIdInUse() {}
}
