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

/** All that a check finds, in order. For one thread. */
public final class CheckReport {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Finding> found = new ArrayList<>();
    private final Consumer<Finding> listener;

    /** @param listener hears of each at once */
    public CheckReport(Consumer<Finding> listener) {
        this.listener = listener;
    }

    /** What is found of one part. */
    public Part part(String name) {
        return new Part(name);
    }

    /** The worst of all; {@link Severity#OK} where there is nothing. */
    public Severity worst() {
        return found.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.OK);
    }

    /** {@code {"version":"1.2.3","result":"ok","findings":[{"part","verdict","sentence","what_to_do"}]}}, for machines. */
    public String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("version", Version.current());
            json.writeStringField("result", worst().toString());
            json.writeArrayFieldStart("findings");
            for (Finding finding : found) {
                finding.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return text.toString();
    }

    /** One part that is looked at. */
    public final class Part {

        private final String name;

        private Part(String name) {
            this.name = name;
        }

        public void ok(String sentence) {
            add(Finding.ok(name, sentence));
        }

        public void warning(String sentence, String whatToDo) {
            add(Finding.warning(name, sentence, whatToDo));
        }

        public void failed(String sentence, String whatToDo) {
            add(Finding.failed(name, sentence, whatToDo));
        }

        void add(Finding finding) {
            found.add(finding);
            listener.accept(finding);
        }
    }
}
