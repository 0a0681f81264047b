package io.lightnvr.mqtt.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lightnvr.mqtt.bridge.Version;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.status.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Collects the findings of a check, in order. For one thread. */
public final class CheckReport {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Finding> findings;
    private final Consumer<Finding> listener;
    private final String prefix;
    private final UnaryOperator<String> spelling;

    /** @param listener gets each finding as soon as it is added */
    public CheckReport(Consumer<Finding> listener) {
        this(new ArrayList<>(), listener, "", UnaryOperator.identity());
    }

    private CheckReport(
            List<Finding> findings, Consumer<Finding> listener, String prefix, UnaryOperator<String> spelling) {
        this.findings = findings;
        this.listener = listener;
        this.prefix = prefix;
        this.spelling = spelling;
    }

    /**
     * The same report for what is found of one of several recorders: its parts are called {@code barn/broker} and so on.
     *
     * @param spelling of a sentence as it is meant for this recorder
     */
    public CheckReport of(String recorder, UnaryOperator<String> spelling) {
        return new CheckReport(findings, listener, recorder + "/", spelling);
    }

    /** The part of the report with this name, to which findings are added. */
    public Part part(String name) {
        return new Part(name);
    }

    /** The highest severity of all findings; {@link Severity#OK} if there are none. */
    public Severity worst() {
        return findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
    }

    /** The report as {@code {"version":"1.2.3","result":"ok","findings":[{"part","verdict","sentence","what_to_do"}]}}. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("version", Version.current());
            json.writeStringField("result", worst().toString());
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                finding.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return text.toString();
    }

    /** The findings about one part of the chain, such as the broker. */
    public final class Part {

        private final String name;

        private Part(String name) {
            this.name = name;
        }

        /** Adds a result that needs no action. */
        public void ok(String sentence) {
            add(Finding.ok(name, sentence));
        }

        /** Adds a problem with which the bridge still works. */
        public void warning(String sentence, String whatToDo) {
            add(Finding.warning(name, sentence, whatToDo));
        }

        /** Adds a problem with which the bridge cannot work. */
        public void failed(String sentence, String whatToDo) {
            add(Finding.failed(name, sentence, whatToDo));
        }

        void add(Finding finding) {
            Finding told = new Finding(
                    prefix + finding.part(),
                    finding.severity(),
                    spelling.apply(finding.sentence()),
                    spelling.apply(finding.whatToDo()));
            findings.add(told);
            listener.accept(told);
        }
    }
}
