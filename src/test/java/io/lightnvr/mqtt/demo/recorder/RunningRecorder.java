package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.it.Ports;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulated recorder that is open to everyone, at a time of the test's choice, and a client of it. */
abstract class RunningRecorder {

    final SettableClock clock;
    SimulatedRecorder recorder;
    TestClient client;

    /**
     * @param second what time it is, in epoch seconds
     */
    RunningRecorder(long second) {
        clock = new SettableClock(second);
    }

    @BeforeEach
    void start() throws IOException {
        recorder = SimulatedRecorder.start(
                RecorderSetup.open().onPort(Ports.free()).withClock(clock));
        client = new TestClient(recorder);
    }

    @AfterEach
    void close() {
        recorder.close();
    }
}
