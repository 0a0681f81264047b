package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A document in Markdown, for the code in it. */
public final class Document {

    private static final String FENCE = "```";

    private final String name;
    private final List<String> lines;

    private Document(String name, String text) {
        this.name = name;
        this.lines = text.lines().toList();
    }

    /** The recorder's documentation of the events, as it was when this project began. */
    public static Document ofTheRecorder() {
        String name = "mqtt-integration.md";
        try (InputStream in = Document.class.getResourceAsStream(name)) {
            return new Document(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the project says first. */
    public static Document readme() {
        return of(Path.of(System.getProperty("basedir", ""), "README.md"));
    }

    /** A document of the project. */
    public static Document of(Path file) {
        try {
            return new Document(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first code below a heading that is marked as of a language, to the letter. */
    public String code(String heading, String language) {
        List<String> rest = from(from(lines, heading), FENCE + language);
        List<String> code = rest.stream().takeWhile(line -> !line.equals(FENCE)).toList();
        return String.join("\n", code) + "\n";
    }

    /** What stands below a heading, up to the next one of any kind. */
    public String section(String heading) {
        return from(lines, heading).stream()
                .takeWhile(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /** All code in it, in order. */
    public List<Code> codes() {
        List<Code> codes = new ArrayList<>();
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(FENCE)) {
                List<String> code = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(inner -> !inner.equals(FENCE))
                        .toList();
                codes.add(new Code(name, heading, line.substring(FENCE.length()), String.join("\n", code) + "\n"));
                i += code.size() + 1;
            } else if (line.startsWith("#")) {
                heading = line;
            }
        }
        return codes;
    }

    /** A piece of code, the heading above it, and what it is written in. */
    public record Code(String document, String heading, String language, String text) {

        @Override
        public String toString() {
            return document + ", " + heading + ", " + language;
        }
    }

    /** The first line that begins so. */
    String line(String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no line that begins with " + beginning));
    }

    /** The lines behind one. */
    private List<String> from(List<String> where, String line) {
        int index = where.indexOf(line);
        if (index < 0) {
            throw new AssertionError(name + " has no line " + line);
        }
        return where.subList(index + 1, where.size());
    }
}
