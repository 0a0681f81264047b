package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.Leaks;
import io.lightnvr.mqtt.it.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * No secret of the bridge is in anything that a round left behind: what bridges and brokers have logged, the bridge's data, what
 * the ears have heard, and the command line of the bridge.
 */
final class SecretCheck {

    static final String BROKER_PASSWORD = "brokerpw-Tn5Qx8";
    static final String API_KEY = "apikey-Lw3Fz7";
    static final String CAMERA_PASSWORD = "campw-Sk9Vb2";

    private static final Map<String, String> SECRETS = Map.of(
            BROKER_PASSWORD, "the broker's password",
            API_KEY, "the API key",
            CAMERA_PASSWORD, "a camera's password");

    private SecretCheck() {}

    /** A running stream with an address that nobody is to see. */
    static SimulatedStream camera(String name) {
        SimulatedStream running = SimulatedStream.running(name);
        String url = running.url().replace("://", "://camera:" + CAMERA_PASSWORD + "@");
        return new SimulatedStream(
                new StreamName(name), url, running.detector(), running.enabled(), running.condition());
    }

    /** @param heard the folder in which ears and recorder write */
    static List<String> problems(World world, Path heard) {
        List<Program> programs = new ArrayList<>(world.bridge().programs());
        programs.addAll(world.broker().programs());
        Leaks leaks = new Leaks(SECRETS);
        programs.forEach(leaks::inPrinted);
        leaks.inProcess(world.bridge().program());
        return problems(leaks, List.of(world.bridge().disk().outside(), heard));
    }

    private static List<String> problems(Leaks leaks, List<Path> folders) {
        folders.forEach(leaks::inFolder);
        return Verdict.problem("Secrets in the open", leaks.found());
    }

    /** What is to be said of lines that somebody has printed, and of folders. */
    static List<String> problems(List<String> printed, List<Path> folders) {
        return problems(new Leaks(SECRETS).inLines("the log", printed), folders);
    }
}
