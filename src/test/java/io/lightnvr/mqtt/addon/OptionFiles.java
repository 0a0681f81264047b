package io.lightnvr.mqtt.addon;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.config.Option;
import io.lightnvr.mqtt.config.OptionType;
import io.lightnvr.mqtt.config.RecorderOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the files that describe options to people with the options of the program.
 *
 * @param document the text of {@code docs/configuration.md}
 * @param manifest {@code config.yaml}
 * @param translations {@code translations/*.yaml} by language
 * @param notInForm the keys of options that the add-on's form leaves out
 */
record OptionFiles(String document, JsonNode manifest, Map<String, JsonNode> translations, Set<String> notInForm) {

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    /** What differs, a sentence each: the file, the option and what to do. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        Map<String, String[]> rows = rows();
        Map<String, JsonNode> form = AddonFiles.leaves(manifest.path("schema"));
        for (Option option : Option.all()) {
            inDocument(option, rows.remove(option.key()), differences);
            inForm(option, form.remove(option.key()), differences);
            if (!notInForm.contains(option.key())) {
                translations.forEach((language, texts) -> inTranslation(option, language, texts, differences));
            }
        }
        listInDocument(rows.remove(RecorderOption.LIST), differences);
        for (String name : RecorderOption.names()) {
            Option option = ofAnEntry(name);
            inForm(option, form.remove(option.key()), differences);
        }
        rows.keySet()
                .forEach(key ->
                        differences.add("configuration.md has a row for %s, which is not an option".formatted(key)));
        form.keySet().forEach(key -> differences.add("config.yaml has %s, which is not an option".formatted(key)));
        return differences;
    }

    /** An option as the entries of the list have it. */
    private static Option ofAnEntry(String name) {
        Option option = RecorderOption.find(name).orElseThrow();
        return new Option(RecorderOption.LIST + "[]", name, option.rule(), Optional.empty());
    }

    private void listInDocument(String[] cells, List<String> differences) {
        if (cells == null) {
            differences.add("configuration.md has no row for recorders");
        }
        String section =
                document.replaceFirst("(?s).*\n## Several recorders\n", "").replaceFirst("(?s)\n##.*", "");
        RecorderOption.names().stream()
                .filter(name -> !section.contains("`" + name + "`"))
                .forEach(name -> differences.add(
                        "configuration.md does not describe %s under Several recorders".formatted(name)));
    }

    /** The cells of each row, by key. */
    private Map<String, String[]> rows() {
        Map<String, String[]> rows = new TreeMap<>();
        document.lines()
                .dropWhile(line -> !line.equals("## The options"))
                .dropWhile(line -> !line.startsWith("| `"))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
                .forEach(cells -> CODE.matcher(cells[1]).results().forEach(key -> rows.put(key.group(1), cells)));
        return rows;
    }

    private static void inDocument(Option option, String[] cells, List<String> differences) {
        String key = option.key();
        if (cells == null) {
            differences.add("configuration.md has no row for %s; add one with the default \"%s\" and \"%s\""
                    .formatted(key, option.defaultValue().orElse(""), option.allowed()));
            return;
        }
        Matcher code = CODE.matcher(cells[2]);
        String shown = code.lookingAt() ? code.group(1) : "";
        if (option.defaultValue().isPresent()
                && !shown.equals(option.defaultValue().get())) {
            differences.add("configuration.md shows \"%s\" as the default of %s, which is \"%s\""
                    .formatted(shown, key, option.defaultValue().get()));
        } else if (!shown.isEmpty() && !isDefault(key, shown)) {
            differences.add(
                    "configuration.md shows \"%s\" as the default of %s, which is another".formatted(shown, key));
        }
        if (!cells[3].replace("`", "").contains(option.allowed())) {
            differences.add("configuration.md does not say that %s is %s".formatted(key, option.allowed()));
        }
    }

    /** Whether an option makes the same configuration with this value as without. */
    private static boolean isDefault(String key, String value) {
        try {
            Configuration defaults = ConfigurationReader.of(Map.of());
            return ConfigurationReader.of(Map.of(key, value)).equals(defaults);
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private void inForm(Option option, JsonNode type, List<String> differences) {
        String key = option.key();
        if (notInForm.contains(key) == (type != null)) {
            differences.add(
                    type == null
                            ? "config.yaml has no %s in its schema; add it as %s?, or to what AddonOptionsTest leaves out"
                                    .formatted(key, String.join("? or ", formTypes(option)))
                            : "config.yaml has %s, which AddonOptionsTest leaves out".formatted(key));
        } else if (type != null) {
            String text = (type.isArray() ? type.path(0) : type).asText().replaceFirst("\\?$", "");
            boolean fits = type.isArray() == isList(option) && fits(option, text);
            if (!fits) {
                differences.add("config.yaml has %s as %s; make it %s"
                        .formatted(key, text, String.join(" or ", formTypes(option))));
            }
        }
    }

    private static boolean fits(Option option, String type) {
        if (option.type() == OptionType.DURATION) {
            return Arrays.stream(option.allowed().split(" to "))
                    .allMatch(limit -> limit.matches(type.replaceAll("^match\\(|\\)$", "")));
        }
        return formTypes(option).stream()
                .anyMatch(allowed -> type.replaceFirst("^match\\(.*", "match").equals(allowed));
    }

    private static boolean isList(Option option) {
        return option.type() == OptionType.TEXT_LIST || option.type() == OptionType.NAMED_TEXTS;
    }

    /** How the Supervisor calls what an option takes. */
    private static List<String> formTypes(Option option) {
        String[] limits = option.allowed().split(" to |, | or ");
        return switch (option.type()) {
            case BOOLEAN -> List.of("bool");
            case SECRET -> List.of("password");
            case WHOLE_NUMBER -> wholeNumber(option.allowed(), limits);
            case DECIMAL -> List.of("float(%s,%s)".formatted((Object[]) limits));
            case LOG_LEVEL -> List.of("list(" + String.join("|", limits) + ")");
            case ADDRESS -> List.of("url", "str");
            case DURATION -> List.of("match of " + option.allowed());
            case FILE -> List.of("match");
            case TEXT, TEXT_LIST, NAMED_TEXTS -> List.of("str", "match");
        };
    }

    private static List<String> wholeNumber(String allowed, String[] limits) {
        if (allowed.equals("1 to 65535")) {
            return List.of("port");
        }
        String range = "int(%s,%s)".formatted((Object[]) limits);
        return allowed.equals("0 to 2") ? List.of(range, "list(0|1|2)") : List.of(range);
    }

    private static void inTranslation(Option option, String language, JsonNode texts, List<String> differences) {
        JsonNode section = option.section().isEmpty()
                ? texts.path("configuration")
                : texts.path("configuration").path(option.section()).path("fields");
        String description = section.path(option.name()).path("description").asText();
        if (description.isEmpty()) {
            differences.add("translations/%s.yaml does not describe %s".formatted(language, option.key()));
        } else if (option.type() != OptionType.BOOLEAN && option.defaultValue().isPresent()) {
            String value = option.defaultValue().get();
            if (!Pattern.compile("(?<![\\w/])" + Pattern.quote(value) + "(?![\\w/])")
                    .matcher(description)
                    .find()) {
                differences.add("translations/%s.yaml does not name the default of %s, which is \"%s\""
                        .formatted(language, option.key(), value));
            }
        }
    }
}
