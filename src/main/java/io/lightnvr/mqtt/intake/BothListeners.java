package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.visit.Alerts;
import io.lightnvr.mqtt.visit.VisitReport;
import java.util.List;
import java.util.Set;

/** Passes all news on to two listeners, in this order. */
record BothListeners(IntakeListener first, IntakeListener second) implements IntakeListener {

    @Override
    public void recorderAnswers(boolean online) {
        first.recorderAnswers(online);
        second.recorderAnswers(online);
    }

    @Override
    public void recorderTrouble(String sentence) {
        first.recorderTrouble(sentence);
        second.recorderTrouble(sentence);
    }

    @Override
    public void streamsListed(StreamSelection.Selection streams) {
        first.streamsListed(streams);
        second.streamsListed(streams);
    }

    @Override
    public void renamed(StreamName old, StreamName renamed) {
        first.renamed(old, renamed);
        second.renamed(old, renamed);
    }

    @Override
    public void streamCondition(StreamName stream, boolean online) {
        first.streamCondition(stream, online);
        second.streamCondition(stream, online);
    }

    @Override
    public void storage(String level) {
        first.storage(level);
        second.storage(level);
    }

    @Override
    public void detected(List<DetectionEvent> events) {
        first.detected(events);
        second.detected(events);
    }

    @Override
    public void visitsOpen(Set<String> ids) {
        first.visitsOpen(ids);
        second.visitsOpen(ids);
    }

    @Override
    public void visited(StreamName stream, List<VisitReport> reports) {
        first.visited(stream, reports);
        second.visited(stream, reports);
    }

    @Override
    public void alerts(StreamName stream, Alerts alerts) {
        first.alerts(stream, alerts);
        second.alerts(stream, alerts);
    }

    @Override
    public void bestChanged(StreamName stream) {
        first.bestChanged(stream);
        second.bestChanged(stream);
    }

    @Override
    public void pictureExpected(StreamName stream) {
        first.pictureExpected(stream);
        second.pictureExpected(stream);
    }

    @Override
    public void pictured(StreamName stream, byte[] jpeg) {
        first.pictured(stream, jpeg);
        second.pictured(stream, jpeg);
    }

    @Override
    public void still(StreamName stream, byte[] jpeg) {
        first.still(stream, jpeg);
        second.still(stream, jpeg);
    }

    @Override
    public void controls(StreamName stream, ControlView view, boolean isAnswer) {
        first.controls(stream, view, isAnswer);
        second.controls(stream, view, isAnswer);
    }

    @Override
    public void clientIdInUse() {
        first.clientIdInUse();
        second.clientIdInUse();
    }
}
