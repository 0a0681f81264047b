package io.lightnvr.mqtt.documents;

import io.lightnvr.mqtt.Main;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.documents.Document.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Why a piece of code is right though nothing runs it: it can be read as what it is. */
enum Proof {

    /** A configuration of the bridge, which takes it without a remark. */
    CONFIGURATION(code -> code.language().equals("yaml") && isTaken(code.text())),

    /** Only commands of this project, each with arguments that it takes. */
    COMMANDS(code ->
            code.language().equals("sh") && Commands.of(code.text()).stream().allMatch(Proof::isOurs)),

    /** A drawing, with arrows. */
    DRAWING(code -> code.language().equals("text") && code.text().contains("-->"));

    private static final Set<String> GOALS = Set.of("test", "package", "verify", "spotless:apply");

    private final Predicate<Code> covers;

    Proof(Predicate<Code> covers) {
        this.covers = covers;
    }

    /** Whether reading a piece of code is enough. */
    static boolean isFoundFor(Code code) {
        return Stream.of(values()).anyMatch(proof -> proof.covers.test(code));
    }

    private static boolean isTaken(String yaml) {
        try {
            Path file = Files.createTempFile("page", ".yaml");
            try {
                return ConfigurationReader.read(Files.writeString(file, yaml), Optional.empty())
                        .notes()
                        .isEmpty();
            } catch (ConfigurationException e) {
                return false;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(String command) {
        List<String> words = List.of(command.split(" +"));
        return switch (words.get(0)) {
            case "java", "sudo" ->
                command.matches("(sudo )?java (-X\\S+ )*-jar \\S*lightnvr-mqtt\\.jar .*") && calls(command);
            case "docker" ->
                words.get(1).equals("build")
                        ? command.matches("docker build --tag lightnvr-mqtt \\.")
                        : command.matches("docker (exec|run) .*") && calls(command);
            case "mvn" -> words.stream().skip(1).allMatch(word -> word.startsWith("-") || GOALS.contains(word));
            case ".ci/measure" -> isMeasure(words.get(1));
            default ->
                words.get(0).startsWith(".ci/")
                        && Files.isExecutable(Document.PROJECT.resolve(words.get(0)))
                        && words.stream().skip(1).allMatch(word -> word.matches("--(fast|must)"));
        };
    }

    /** Whether all that it calls of the program can be called so. */
    private static boolean calls(String command) {
        List<String[]> calls = Commands.calls(command).toList();
        return !calls.isEmpty() && calls.stream().allMatch(Proof::canBeCalled);
    }

    /** Whether the program takes this command line. */
    static boolean canBeCalled(String... arguments) {
        try {
            return new CommandLine(Main.class).parseArgs(arguments).hasSubcommand();
        } catch (CommandLine.ParameterException e) {
            return false;
        }
    }

    private static boolean isMeasure(String name) {
        try (Stream<Path> classes = Files.walk(Document.PROJECT.resolve("target/test-classes"))) {
            return classes.anyMatch(file -> file.getFileName().toString().equals(name + "Measure.class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
