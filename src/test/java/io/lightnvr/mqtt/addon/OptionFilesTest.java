package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds the files that describe options against the declarations in {@code Configuration}. */
class OptionFilesTest {

    private final String document = AddonFiles.text("docs/configuration.md");
    private final ObjectNode manifest = AddonFiles.manifest().deepCopy();
    private final Map<String, JsonNode> translations = new TreeMap<>(AddonFiles.translations());
    private final List<String> untouched = files(document);

    @Test
    void describeEveryOptionAsTheProgramDeclaresIt() {
        assertThat(untouched).isEmpty();
    }

    @Test
    void areNamedWhereTheyLackAnOption() {
        ((ObjectNode) manifest.path("schema").path("mqtt")).remove("qos");
        ((ObjectNode) translations.get("pl").path("configuration").path("mqtt").path("fields")).remove("qos");

        assertThat(brought(document.replaceFirst("(?m)^\\| `mqtt.qos` .*\n", "")))
                .containsExactly(
                        "configuration.md has no row for mqtt.qos; add one with the default \"1\" and \"0 to 2\"",
                        "config.yaml has no mqtt.qos in its schema;"
                                + " add it as int(0,2)? or list(0|1|2)?, or to what AddonOptionsTest leaves out",
                        "translations/pl.yaml does not describe mqtt.qos");
    }

    @Test
    void areNamedWhereTheyHaveOneThatIsGone() {
        ((ObjectNode) manifest.path("schema").path("mqtt")).put("quos", "int(0,2)?");

        assertThat(brought(document.replace("| `log_level`", "| `mqtt.quos`, `log_level`")))
                .containsExactly(
                        "configuration.md has a row for mqtt.quos, which is not an option",
                        "config.yaml has mqtt.quos, which is not an option");
    }

    @Test
    void areNamedWhereTheyStateAnotherDefault() {
        ObjectNode level =
                (ObjectNode) translations.get("en").path("configuration").path("log_level");
        level.put("description", "How much is logged, debug if empty.");
        String wrong = document.replace("| `20` | 1 to 1000", "| `21` | 1 to 1000")
                .replace("| `1883`, with", "| `1884`, with");

        assertThat(brought(wrong))
                .containsExactly(
                        "configuration.md shows \"1884\" as the default of mqtt.broker_port, which is another",
                        "configuration.md shows \"21\" as the default of mqtt.max_inflight, which is \"20\"",
                        "translations/en.yaml does not name the default of log_level, which is \"info\"");
    }

    @Test
    void areNamedWhereTheyStateOtherLimits() {
        ((ObjectNode) manifest.path("schema").path("outbox")).put("drain_rate", "int(0,1000)?");
        ((ObjectNode) manifest.path("schema").path("home_assistant")).put("clear_after", "match(^[0-9]+s$)?");

        assertThat(brought(document.replace("1 to 1000 messages", "messages")))
                .containsExactly(
                        "configuration.md does not say that mqtt.max_inflight is 1 to 1000",
                        "config.yaml has home_assistant.clear_after as match(^[0-9]+s$); make it match of 1s to 1d",
                        "config.yaml has outbox.drain_rate as int(0,1000); make it int(0,100000)");
    }

    /** What a test has brought in, without what is wrong with the files themselves. */
    private List<String> brought(String text) {
        List<String> differences = new ArrayList<>(files(text));
        differences.removeAll(untouched);
        return differences;
    }

    private List<String> files(String text) {
        return new OptionFiles(text, manifest, translations, AddonOptionsTest.LEFT_OUT).differences();
    }
}
