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
 * Parses JSON or YAML text into {@link Node}s. Reads tokens instead of Jackson's own tree, which keeps the value of a
 * number but not its text, and takes a YAML alias or {@code !secret} for plain text. Errors name the place in the file
 * and never quote the file, which may contain passwords.
 */
final class TreeReader {

    private static final String VALUE = "write the value itself, in quotes if it begins with ";
    private static final String TEXT_TAG = "tag:yaml.org,2002:str";

    private final String file;
    private final JsonParser parser;

    /** As YAML's places count it. */
    private final int[] codePoints;

    private TreeReader(String file, JsonParser parser, String text) {
        this.file = file;
        this.parser = parser;
        this.codePoints = text.codePoints().toArray();
    }

    /** The root of JSON text. */
    static Node json(String file, String text) throws ConfigurationException {
        if (text.isBlank()) {
            throw new ConfigurationException(Problem.of(file, "is empty", "write {} to use the defaults"));
        }
        return read(new JsonFactory(), "JSON", file, text);
    }

    /** The root of YAML text; {@link Node.Null} if there are only comments. */
    static Node yaml(String file, String text) throws ConfigurationException {
        return read(new YAMLFactory(), "YAML", file, text);
    }

    private static Node read(JsonFactory factory, String language, String file, String text)
            throws ConfigurationException {
        try (JsonParser parser = factory.createParser(text)) {
            parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
            return new TreeReader(file, parser, text).root();
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(broken(language, file, e));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading text in memory failed", e);
        }
    }

    private static Problem broken(String language, String file, JsonProcessingException trouble) {
        if (trouble.getProcessor() instanceof JsonParser parser
                && trouble.getOriginalMessage().startsWith("Duplicate")) {
            String name = KeySuggestions.shown(
                    String.valueOf(parser.getParsingContext().getCurrentName()));
            return Problem.of(
                    file,
                    "has the key " + name + " twice, again" + place(trouble.getLocation()),
                    "remove one of the two");
        }
        return Problem.of(
                file,
                "is not valid " + language + placeOf(trouble),
                isTab(trouble)
                        ? "use spaces instead of the tab"
                        : "check the quotes, brackets, commas, colons and indentation there and just before");
    }

    /** Returns whether the parser met a tab where YAML takes spaces alone. */
    private static boolean isTab(JsonProcessingException trouble) {
        return trouble.getCause() instanceof MarkedYAMLException marked
                && String.valueOf(marked.getProblem()).contains("(TAB)");
    }

    /** The place of the error; the YAML parser's own mark is closer to it than the last token. */
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
            return new Node.Null();
        }
        Node root = node();
        if (parser.nextToken() != null) {
            throw refused("continues after its end", "keep one document in the file");
        }
        return root;
    }

    private Node node() throws IOException, ConfigurationException {
        refuseWhatIsNoText();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping();
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence();
        }
        return token == JsonToken.VALUE_NULL ? nothing() : new Node.Scalar(parser.getText());
    }

    private Node.Null nothing() {
        return parser instanceof YAMLParser && isOneOf(characterAt(0), "~nN")
                ? new Node.Null(place(parser.currentTokenLocation()))
                : new Node.Null();
    }

    private Node mapping() throws IOException, ConfigurationException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseWhatIsNoText();
            String name = parser.currentName();
            parser.nextToken();
            entries.put(name, node());
        }
        return new Node.Mapping(entries);
    }

    private Node sequence() throws IOException, ConfigurationException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node());
        }
        return new Node.Sequence(items);
    }

    /** Refuses what YAML takes for something else than the text that stands there, such as a password {@code #abc}. */
    private void refuseWhatIsNoText() throws IOException, ConfigurationException {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias()) {
            throw refused("contains a YAML alias (*)", VALUE + "*");
        } else if (characterAt(0) == '&') {
            throw refused("contains a YAML anchor (&)", VALUE + "&");
        } else if (yaml.getTypeId() != null && !yaml.getTypeId().equals(TEXT_TAG)) {
            throw refused("contains a YAML tag (such as !secret)", VALUE + "!");
        } else if (yaml.currentToken() == JsonToken.VALUE_STRING && isOneOf(characterAt(0), "|>")) {
            throw refused(
                    "contains a YAML block (| or >)",
                    "write the value in one line, in quotes if it begins with | or >");
        } else if (yaml.currentToken() == JsonToken.VALUE_NULL && isCommentLikeAText()) {
            throw refused(
                    "has a comment (#) in the place of a value",
                    "write the value in quotes if it begins with #, or a space behind the #");
        }
    }

    /** Whether # stands where a value would, and no blank behind it, as it does in most comments. */
    private boolean isCommentLikeAText() {
        int blanks = 0;
        while (characterAt(blanks) == ' ') {
            blanks++;
        }
        return characterAt(blanks) == '#' && !isOneOf(characterAt(blanks + 1), " \t\r\n#");
    }

    private static boolean isOneOf(int character, String characters) {
        return characters.indexOf(character) >= 0;
    }

    /** The character so far behind the start of the token; the end of a line behind the text. */
    private int characterAt(int behind) {
        long index = parser.currentTokenLocation().getCharOffset() + behind;
        return index < codePoints.length ? codePoints[(int) index] : '\n';
    }

    private ConfigurationException refused(String rule, String whatToDo) {
        return new ConfigurationException(Problem.of(file, rule + place(parser.currentTokenLocation()), whatToDo));
    }
}
