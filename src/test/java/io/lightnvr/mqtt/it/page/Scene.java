package io.lightnvr.mqtt.it.page;

import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.it.BridgeOptions;
import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Camera;
import io.lightnvr.mqtt.it.Mosquitto;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.TestBed;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** What there is to be looked at: a recorder, a broker, and a bridge between them that has a page. */
final class Scene {

    /** What the cameras see where they see nothing. */
    static final Color GROUND = new Color(0, 128, 0);

    static final SimulatedRow PERSON = new SimulatedRow("person", 0.93f, 0.25f, 0.25f, 0.4f, 0.5f);
    static final SimulatedRow CAR = new SimulatedRow("car", 0.81f, 0.1f, 0.5f, 0.5f, 0.3f);

    private final TestBed bed;
    private final SimulatedRecorder recorder;
    private final Mosquitto broker;
    private final int port = Ports.free();
    private final BridgeOptions options;
    private BridgeProcess bridge;

    Scene(TestBed bed) {
        this(bed, bed.broker());
    }

    Scene(TestBed bed, Mosquitto broker) {
        this.bed = bed;
        this.broker = broker;
        recorder = bed.recorder(RecorderSetup.open());
        recorder.drawFrames(stream -> plain(640, 360));
        recorder.setPictures(true);
        options = BridgeOptions.of(recorder, broker.port())
                .homeAssistant("clear_after", 3)
                .with("web", "port", port);
    }

    SimulatedRecorder recorder() {
        return recorder;
    }

    Mosquitto broker() {
        return broker;
    }

    /** The options of the bridge that is started next. */
    BridgeOptions options() {
        return options;
    }

    /** The bridge that was started last. */
    BridgeProcess bridge() {
        return bridge;
    }

    Camera camera(String name) {
        return Camera.of(recorder, name);
    }

    /** Where the page is. */
    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Starts the bridge, or starts it again with what it knows. */
    BridgeProcess start() {
        bridge = BridgeProcess.run(bed, options);
        bridge.awaitLog("The page is at " + url());
        return bridge;
    }

    /** The topics of which the broker keeps something. */
    List<String> kept() {
        return broker.kept("%t");
    }

    /** A picture of one colour. */
    static byte[] plain(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(GROUND);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return bytes.toByteArray();
    }
}
