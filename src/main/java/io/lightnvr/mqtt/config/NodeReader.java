package io.lightnvr.mqtt.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Makes {@link Node}s of JSON or YAML text. It reads tokens, not Jackson's own tree, because that one keeps a number's
 * value and not its text, and takes a YAML alias or {@code !secret} for plain text. What it says of a broken file names
 * the place and never quotes the file, which can hold passwords.
 */
final class NodeReader {

    private static final String TEXT_TAG = "tag:yaml.org,2002:str";

    private final String file;
    private final JsonParser parser;

    private NodeReader(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static Node json(String file, String text) throws ConfigurationException {
        if (text.isBlank()) {
            throw new ConfigurationException(Problem.of(file, "is empty", "write {} for the defaults"));
        }
        return read(new JsonFactory(), "JSON", file, text);
    }

    /** The same of YAML; a text of comments alone is {@link Node.Nothing}. */
    static Node yaml(String file, String text) throws ConfigurationException {
        return read(new YAMLFactory(), "YAML", file, text);
    }

    private static Node read(JsonFactory factory, String language, String file, String text)
            throws ConfigurationException {
        try (JsonParser parser = factory.createParser(text)) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            return new NodeReader(file, parser).root();
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(broken(language, file, e));
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot fail to be read", e);
        }
    }

    private static Problem broken(String language, String file, JsonProcessingException trouble) {
        if (trouble.getProcessor() instanceof JsonParser parser
                && trouble.getOriginalMessage().startsWith("Duplicate")) {
            String name =
                    KeyNames.shown(String.valueOf(parser.getParsingContext().getCurrentName()));
            return Problem.of(
                    file,
                    "has the key " + name + " a second time" + place(trouble.getLocation()),
                    "keep one of the two");
        }
        return Problem.of(
                file,
                "is not valid " + language + placeOf(trouble),
                "check quotes, brackets, commas, colons and indentation there and just before");
    }

    /** Where the text breaks off; the YAML parser's own mark is nearer to it than the last token is. */
    private static String placeOf(JsonProcessingException trouble) {
        if (trouble.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            Mark mark = marked.getProblemMark();
            return place(mark.getLine() + 1, mark.getColumn() + 1);
        }
        return place(trouble.getLocation());
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : place(location.getLineNr(), location.getColumnNr());
    }

    private static String place(int line, int column) {
        return " at line " + line + ", column " + column;
    }

    private Node root() throws IOException, ConfigurationException {
        if (parser.nextToken() == null) {
            return new Node.Nothing();
        }
        Node root = node();
        if (parser.nextToken() != null) {
            throw refused("goes on behind its end", "keep one document in the file");
        }
        return root;
    }

    private Node node() throws IOException, ConfigurationException {
        refuseWhatWouldBeMisread();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return section();
        }
        if (token == JsonToken.START_ARRAY) {
            return items();
        }
        return token == JsonToken.VALUE_NULL ? new Node.Nothing() : new Node.Scalar(parser.getText());
    }

    private Node section() throws IOException, ConfigurationException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseWhatWouldBeMisread();
            String name = parser.currentName();
            parser.nextToken();
            entries.put(name, node());
        }
        return new Node.Section(entries);
    }

    private Node items() throws IOException, ConfigurationException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new Node.Items(items);
    }

    private void refuseWhatWouldBeMisread() throws IOException, ConfigurationException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw refused("has a YAML alias (*)", "write the value itself there");
        }
        if (parser.getTypeId() != null && !parser.getTypeId().equals(TEXT_TAG)) {
            throw refused("has a YAML tag (such as !secret)", "write the value itself there");
        }
    }

    private ConfigurationException refused(String rule, String whatToDo) {
        return new ConfigurationException(Problem.of(file, rule + place(parser.currentTokenLocation()), whatToDo));
    }
}
