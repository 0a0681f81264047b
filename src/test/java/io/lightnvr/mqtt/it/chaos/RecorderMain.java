package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.Credentials;
import io.lightnvr.mqtt.broker.paho.PahoBroker;
import io.lightnvr.mqtt.demo.recorder.Account;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedEvents;
import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.it.PublishingRecorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The simulated recorder as a program that may be killed: {@code RecorderMain PORT SEED LEDGER BROKER ACCESS}. Started again with the
 * same ledger it holds the rows that it held, as the real one does, and goes on seeing what its seed says. What passes
 * while it is not there, or stopped, it does not see. It publishes to the broker at that port, unless that is 0; what was not
 * published when it is killed is only in its rows. ACCESS is {@code open}, or {@code closed} to those who have no login.
 *
 * <p>It reads commands, a line each, until its input ends: {@code begin} (to see things), {@code clock N} (N seconds
 * ahead), {@code rest} (and see nothing more), {@code wake} (and see things again as
 * soon as every stream was asked for twice), {@code curtain} (one last thing in each stream). It says {@code ready},
 * {@code watched} when every stream was asked for twice, so that it is known what was there before, and {@code resting}.
 */
final class RecorderMain {

    /** The port of no broker. */
    static final int SILENT = 0;

    static final String OPEN = "open";
    static final String CLOSED = "closed";
    static final String READY = "ready";
    static final String WATCHED = "watched";
    static final String RESTING = "resting";

    private static final Account ADMINISTRATOR = new Account("admin", "secret", "key", Account.Role.ADMIN);
    private static final String RESULTS = "/api/detection/results/";

    private RecorderMain() {}

    public static void main(String[] arguments) throws IOException {
        int broker = Integer.parseInt(arguments[3]);
        RecorderSetup setup = RecorderSetup.open()
                .onPort(Integer.parseInt(arguments[0]))
                .of(broker == SILENT ? Generation.V0_37 : Generation.V0_47)
                .withAccounts(arguments[4].equals(OPEN) ? new Account[0] : new Account[] {ADMINISTRATOR});
        Traffic traffic = new Traffic(Long.parseLong(arguments[1]));
        Path file = Path.of(arguments[2]);
        Ledger past = Files.exists(file) ? Ledger.read(file) : Ledger.empty();
        Filing[] filing = new Filing[1];
        try (LedgerWriter ledger = LedgerWriter.open(file);
                SimulatedRecorder recorder = SimulatedRecorder.start(setup, made -> {
                    Traffic.STREAMS.forEach(name -> made.streams().add(SecretCheck.camera(name)));
                    filing[0] = new Filing(made, ledger, past);
                });
                Cameras cameras = new Cameras(traffic, filing[0], System::currentTimeMillis)) {
            whenWatched(recorder, () -> System.out.println(WATCHED));
            recorder.setPictures(true);
            if (broker != SILENT) {
                publish(recorder, broker);
            }
            past.begun().ifPresent(cameras::begin);
            System.out.println(READY);
            obey(recorder, cameras, ledger);
        }
    }

    private static void publish(SimulatedRecorder recorder, int broker) {
        BrokerSettings settings = new BrokerSettings(
                "127.0.0.1",
                broker,
                ChaosBroker.RECORDER,
                Optional.of(new Credentials(ChaosBroker.RECORDER, ChaosBroker.RECORDER, "check the test")),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty());
        SimulatedEvents.start(recorder, new PahoBroker(), settings, PublishingRecorder.PREFIX);
    }

    /** Does something when every stream was asked for twice from now on. */
    private static void whenWatched(SimulatedRecorder recorder, Runnable then) {
        Map<String, Integer> asked = new HashMap<>();
        recorder.requests().addListener(path -> {
            synchronized (asked) {
                boolean second = path.startsWith(RESULTS) && asked.merge(path, 1, Integer::sum) == 2;
                long twice = asked.values().stream().filter(times -> times > 1).count();
                if (second && twice == Traffic.STREAMS.size()) {
                    then.run();
                }
            }
        });
    }

    private static void obey(SimulatedRecorder recorder, Cameras cameras, LedgerWriter ledger) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] word = line.split(" ");
            switch (word[0]) {
                case "begin" -> begin(cameras, ledger);
                case "clock" -> cameras.setClock(Long.parseLong(word[1]));
                case "rest" -> cameras.rest(() -> System.out.println(RESTING));
                case "wake" -> whenWatched(recorder, cameras::wake);
                case "curtain" -> cameras.fall();
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private static void begin(Cameras cameras, LedgerWriter ledger) {
        long now = System.currentTimeMillis();
        ledger.begun(now);
        cameras.begin(now);
    }
}
