package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where commands run whose secrets are looked for: with a folder to work in, one for data and one for temporary files, under the
 * umask that most systems have, and, as far as they have a configuration, with the log that tells most.
 */
final class SecretBench {

    private static final String ENTER = "umask 022; ulimit -c 0; cd \"$0\"; exec \"$@\"";

    private final TestBed bed;
    private final Path work;
    private final Path data;
    private final Path temporary;
    private final List<BridgeProcess> commands = new ArrayList<>();
    private final Leaks leaks = new Leaks(Secrets.ALL);

    SecretBench(TestBed bed) {
        this.bed = bed;
        this.work = bed.newFolder("work");
        this.data = bed.newFolder("data");
        this.temporary = bed.newFolder("temporary");
    }

    /** Where a command works, and leaves what nobody else has a place for. */
    Path work() {
        return work;
    }

    Path data() {
        return data;
    }

    /** {@code run} with these options, and a look at what {@code ps} shows. */
    BridgeProcess run(BridgeOptions options) {
        return run(Map.of(), BridgeProcess.jar(), options);
    }

    /** The same with an environment and another jar. */
    BridgeProcess run(Map<String, String> environment, String jar, BridgeOptions options) {
        return start(
                environment, jar, "run", "--config", file(options), "--data", data.toString(), "--heartbeat", "alive");
    }

    /** {@code check} with these options, to its end. */
    BridgeProcess check(BridgeOptions options) {
        return ended("check", "--config", file(options));
    }

    /** {@code publish} with these options, to its end. */
    BridgeProcess publish(BridgeOptions options) {
        return ended("publish", "--stream", "front_door", "--label", "cat", "--config", file(options));
    }

    /** Any command, to its end. */
    BridgeProcess ended(String... arguments) {
        BridgeProcess command = start(Map.of(), BridgeProcess.jar(), arguments);
        command.exitStatus();
        return command;
    }

    /** Has seen what everybody sees of a running command. */
    void lookAtProcess(BridgeProcess command) {
        leaks.inProcess(command.program());
    }

    /** Has also looked through what others heard. */
    void lookAt(String where, List<String> lines) {
        leaks.inLines(where, lines);
    }

    /** No secret is in anything that is left of all commands, the file of the options apart. */
    void assertThatNothingIsTold() {
        commands.forEach(command -> leaks.inPrinted(command.program()));
        assertThat(leaks.inFolder(work).inFolder(data).inFolder(temporary).found())
                .isEmpty();
    }

    private String file(BridgeOptions options) {
        return options.logLevel("trace").write(bed).toString();
    }

    private BridgeProcess start(Map<String, String> environment, String jar, String... arguments) {
        List<String> prefix = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> prefix.add(name + "=" + value));
        prefix.addAll(List.of("sh", "-c", ENTER, work.toString()));
        List<String> flags = new ArrayList<>(BridgeProcess.QUICK);
        flags.add("-Djava.io.tmpdir=" + temporary);
        BridgeProcess command = BridgeProcess.startJar(bed, prefix, flags, jar, arguments);
        commands.add(command);
        return command;
    }
}
