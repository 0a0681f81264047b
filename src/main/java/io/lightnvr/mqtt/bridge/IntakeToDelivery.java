package io.lightnvr.mqtt.bridge;

import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.delivery.DeliveryFactory;
import io.lightnvr.mqtt.delivery.DeliveryMailbox;
import io.lightnvr.mqtt.delivery.DeliverySignal;
import io.lightnvr.mqtt.event.DetectionEvent;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.intake.IntakeListener;
import io.lightnvr.mqtt.intake.StreamSelection;
import io.lightnvr.mqtt.visit.Alerts;
import io.lightnvr.mqtt.visit.VisitReport;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Passes what intake reports on to delivery, as the two packages do not know each other. */
final class IntakeToDelivery implements IntakeListener {

    private final DeliveryMailbox mailbox;
    private final DeliveryFactory delivery;
    private final Duration cooldown;
    private final boolean publishesPictures;
    private final LongSupplier nanoTime;

    /**
     * @param cooldown the pause between alerts of a stream for which the user chose none
     * @param publishesPictures whether pictures of detections are published; otherwise they are fetched for others
     * @param nanoTime delivery's clock
     */
    IntakeToDelivery(
            DeliveryMailbox mailbox,
            DeliveryFactory delivery,
            Duration cooldown,
            boolean publishesPictures,
            LongSupplier nanoTime) {
        this.mailbox = mailbox;
        this.delivery = delivery;
        this.cooldown = cooldown;
        this.publishesPictures = publishesPictures;
        this.nanoTime = nanoTime;
    }

    @Override
    public void recorderAnswers(boolean online) {
        mailbox.send(new DeliverySignal.RecorderAnswers(online));
    }

    @Override
    public void streamsListed(StreamSelection.Selection streams) {
        mailbox.send(new DeliverySignal.StreamsListed(streams.wanted(), streams.excluded(), streams.unsure()));
    }

    @Override
    public void renamed(StreamName old, StreamName renamed) {
        mailbox.send(new DeliverySignal.Renamed(old, renamed));
    }

    @Override
    public void streamCondition(StreamName stream, boolean online) {
        mailbox.send(new DeliverySignal.StreamCondition(stream, online));
    }

    @Override
    public void storage(String level) {
        mailbox.send(new DeliverySignal.RecorderStorage(level));
    }

    @Override
    public void detected(List<DetectionEvent> events) {
        mailbox.send(new DeliverySignal.Detected(events));
    }

    @Override
    public void pictureExpected(StreamName stream) {
        if (publishesPictures) {
            delivery.expectPicture(stream, nanoTime.getAsLong());
        }
    }

    @Override
    public void pictured(StreamName stream, byte[] jpeg) {
        if (publishesPictures) {
            delivery.offerPicture(stream, jpeg);
        }
    }

    @Override
    public void still(StreamName stream, byte[] jpeg) {
        delivery.offerStill(stream, jpeg);
    }

    @Override
    public void visited(StreamName stream, List<VisitReport> reports) {
        reports.stream()
                .filter(report -> report.type() != VisitReport.Type.CLIP)
                .reduce((older, newer) -> newer)
                .ifPresent(newest ->
                        mailbox.send(new DeliverySignal.Visited(stream, newest.started(), newest.duration())));
    }

    @Override
    public void alerts(StreamName stream, Alerts alerts) {
        mailbox.send(new DeliverySignal.AlertsChanged(
                stream,
                !alerts.off() && alerts.snoozedUntil().isEmpty(),
                alerts.pause().orElse(cooldown)));
    }

    @Override
    public void controls(StreamName stream, ControlView view, boolean isAnswer) {
        mailbox.send(new DeliverySignal.ControlsChanged(stream, view, isAnswer));
    }

    @Override
    public void clientIdInUse() {
        mailbox.send(new DeliverySignal.ClientIdInUse());
    }
}
