package io.lightnvr.mqtt.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lightnvr.mqtt.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** All that a check finds, in order. For one thread. */
final class Findings {

    private final List<Finding> found = new ArrayList<>();
    private final Consumer<Finding> listener;

    /** @param listener hears of each at once */
    Findings(Consumer<Finding> listener) {
        this.listener = listener;
    }

    /** What is found of one part. */
    Part part(String name) {
        return new Part(name);
    }

    /** The worst of all; {@link Verdict#OK} where there is nothing. */
    Verdict worst() {
        return found.stream()
                .map(Finding::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.OK);
    }

    /** {@code {"version":"1.2.3","result":"ok","findings":[{"part","verdict","sentence","what_to_do"}]}}, for machines. */
    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", Version.current()).put("result", worst().toString());
        found.forEach(finding -> json.withArray("findings")
                .addObject()
                .put("part", finding.part())
                .put("verdict", finding.verdict().toString())
                .put("sentence", finding.sentence())
                .put("what_to_do", finding.whatToDo()));
        return json.toPrettyString();
    }

    /** One part that is looked at. */
    final class Part {

        private final String name;

        private Part(String name) {
            this.name = name;
        }

        void ok(String sentence) {
            add(Verdict.OK, sentence, "");
        }

        void warning(String sentence, String whatToDo) {
            add(Verdict.WARNING, sentence, whatToDo);
        }

        void failed(String sentence, String whatToDo) {
            add(Verdict.FAILED, sentence, whatToDo);
        }

        private void add(Verdict verdict, String sentence, String whatToDo) {
            Finding finding = new Finding(name, verdict, sentence, whatToDo);
            found.add(finding);
            listener.accept(finding);
        }
    }
}
