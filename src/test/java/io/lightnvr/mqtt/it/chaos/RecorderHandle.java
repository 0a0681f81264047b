package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.it.BridgeProcess;
import io.lightnvr.mqtt.it.Ports;
import io.lightnvr.mqtt.it.Program;
import io.lightnvr.mqtt.it.TestBed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The recorder's process, which may be killed and started again on its port and with its ledger. */
final class RecorderHandle {

    private final TestBed bed;
    private final int port = Ports.free();
    private final long seed;
    private final Path ledger;
    private final int brokerPort;
    private final boolean isOpen;
    private Program program;
    private int rests;

    /**
     * @param brokerPort of the broker to which it publishes, or {@link RecorderMain#SILENT}
     * @param isOpen whether it shows detections to everybody
     */
    RecorderHandle(TestBed bed, long seed, Path ledger, int brokerPort, boolean isOpen) {
        this.brokerPort = brokerPort;
        this.isOpen = isOpen;
        this.bed = bed;
        this.seed = seed;
        this.ledger = ledger;
    }

    int port() {
        return port;
    }

    Program program() {
        return program;
    }

    /** All that it ever showed. */
    Ledger ledger() {
        return Ledger.read(ledger);
    }

    /** Starts it, and waits until it answers. */
    void start() {
        List<String> command = List.of(
                BridgeProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecorderMain.class.getName(),
                Integer.toString(port),
                Long.toString(seed),
                ledger.toString(),
                Integer.toString(brokerPort),
                isOpen ? RecorderMain.OPEN : RecorderMain.CLOSED);
        program = bed.program("recorder", Map.of(), command);
        rests = 0;
        await(RecorderMain.READY);
    }

    /** Waits until the bridge has read that there is nothing yet. */
    void awaitWatched() {
        await(RecorderMain.WATCHED);
    }

    /** Lets it see things. */
    void begin() {
        program.tell("begin");
    }

    /** Sets its clock, in seconds ahead of the right time. */
    void setClock(long ahead) {
        program.tell("clock " + ahead);
    }

    /** Lets it see nothing more. */
    void rest() {
        program.tell("rest");
        rests++;
        program.output().await(RecorderMain.RESTING, rests, RecorderMain.RESTING::equals);
    }

    /** Lets it see things again, as soon as the bridge has looked at each stream. */
    void wake() {
        program.tell("wake");
    }

    /** Lets it see one last thing in each stream. */
    void curtain() {
        program.tell("curtain");
    }

    private void await(String word) {
        program.output().await(word, word::equals);
    }
}
