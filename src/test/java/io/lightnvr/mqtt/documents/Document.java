package io.lightnvr.mqtt.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document in Markdown: its code, its headings and its links.
 *
 * @param name its path, seen from the project's folder, such as {@code docs/page.md}
 * @param lines what stands in it
 */
public record Document(String name, List<String> lines) {

    /** The project's folder. */
    public static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^) ]+)\\)"
            + "|<(?:a|img|source)[^>]* (?:href|src|srcset)=\"([^\"]+)\""
            + "|(?m:^\\[[^\\]]+\\]: (\\S+)$)");
    private static final Pattern REFERENCE = Pattern.compile("\\]\\[([^\\]]+)\\]");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** The recorder's documentation of the events, as it was when this project began. */
    public static Document ofTheRecorder() {
        String name = "mqtt-integration.md";
        try (InputStream in = Document.class.getResourceAsStream("/io/lightnvr/mqtt/it/" + name)) {
            return new Document(
                    name,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A page of the project.
     *
     * @param name its path, seen from the project's folder
     */
    public static Document of(String name) {
        try {
            return new Document(
                    name, Files.readString(PROJECT.resolve(name)).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pages that people read: those in the project's folder, and those below {@code docs}. */
    public static List<Document> pages() {
        try (Stream<Path> root = Files.list(PROJECT);
                Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .map(file -> PROJECT.relativize(file).toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .map(Document::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first code below a line that is written in a language, to the letter. */
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
        Map<String, Integer> numbers = new HashMap<>();
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.strip().startsWith(FENCE)) {
                String language = line.strip().substring(FENCE.length());
                List<String> code = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(inner -> !inner.strip().equals(FENCE))
                        .toList();
                int number = numbers.merge(heading + language, 1, Integer::sum);
                String text = String.join("\n", code).stripIndent() + "\n";
                codes.add(new Code(name, heading, language, number, text));
                i += code.size() + 1;
            } else if (line.startsWith("#")) {
                heading = line;
            }
        }
        return codes;
    }

    /** What stands in its sentences as code, such as {@code run --forget-all}. */
    public List<String> spans() {
        return found(SPAN, prose()).toList();
    }

    /** Where its links and pictures lead, as they stand there. */
    public List<String> links() {
        return found(LINK, prose()).toList();
    }

    /** The names of links that it gives below, and does not. */
    public List<String> openReferences() {
        return found(REFERENCE, prose())
                .filter(name -> lines.stream().noneMatch(line -> line.startsWith("[" + name + "]: ")))
                .toList();
    }

    /** By what a link can name its headings, as GitHub makes it. */
    public Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> repeated = new HashMap<>();
        prose().lines().filter(line -> line.startsWith("#")).forEach(line -> {
            String anchor = line.replaceFirst("^#+ +", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = repeated.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    /** The first group of each place that has one. */
    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> IntStream.rangeClosed(1, found.groupCount())
                        .mapToObj(found::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow());
    }

    /** All lines that are not code. */
    private String prose() {
        boolean[] inCode = {false};
        Predicate<String> isProse = line -> {
            boolean fence = line.strip().startsWith(FENCE);
            inCode[0] ^= fence;
            return !inCode[0] && !fence;
        };
        return lines.stream().filter(isProse).collect(Collectors.joining("\n"));
    }

    /** The lines behind one. */
    private List<String> from(List<String> where, String line) {
        int index = where.indexOf(line);
        if (index < 0) {
            throw new AssertionError(name + " has no line " + line);
        }
        return where.subList(index + 1, where.size());
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * A piece of code.
     *
     * @param page where it stands
     * @param heading the one above it, with its {@code #}
     * @param language what it is written in
     * @param number 1 for the first of this language below the heading
     * @param text to the letter, without the indentation of a list
     */
    public record Code(String page, String heading, String language, int number, String text) {

        @Override
        public String toString() {
            return page + ", \"" + heading + "\", " + language + (number == 1 ? "" : ", number " + number);
        }
    }
}
