package io.lightnvr.mqtt.intake;

import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Remembers the news of intake. */
final class HeardNews implements IntakeListener {

    final List<Boolean> recorderAnswers = new ArrayList<>();
    final List<StreamSelection.Selection> lists = new ArrayList<>();
    final List<DetectionEvent> detected = new ArrayList<>();
    final List<StreamName> picturesExpected = new ArrayList<>();
    final List<StreamName> pictured = new ArrayList<>();
    final List<String> controls = new ArrayList<>();
    final List<StreamName> stills = new ArrayList<>();

    @Override
    public void recorderAnswers(boolean online) {
        recorderAnswers.add(online);
    }

    @Override
    public void streamsListed(StreamSelection.Selection streams) {
        lists.add(streams);
    }

    @Override
    public void detected(List<DetectionEvent> events) {
        detected.addAll(events);
    }

    @Override
    public void pictureExpected(StreamName stream) {
        picturesExpected.add(stream);
    }

    @Override
    public void still(StreamName stream, byte[] jpeg) {
        stills.add(stream);
    }

    @Override
    public void controls(StreamName stream, ControlView view, boolean isAnswer) {
        controls.add(stream + (isAnswer ? " answers " : " ") + new String(view.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void pictured(StreamName stream, byte[] jpeg) {
        pictured.add(stream);
    }
}
