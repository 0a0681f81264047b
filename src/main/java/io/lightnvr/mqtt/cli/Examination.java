package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.check.CheckReport;
import io.lightnvr.mqtt.check.Doctor;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.Problem;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.event.StreamName;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Has the doctor examine recorders, one after the other; where there are several, each is named. */
final class Examination {

    private static final String CONFIGURATION = "configuration";

    private Examination() {}

    /**
     * Examines recorders.
     *
     * @param testEvent the stream of a test event, which is published for the first of them
     */
    static void of(
            ConfigurationChoice choice,
            List<RecorderEntry> recorders,
            CheckReport report,
            Optional<StreamName> testEvent)
            throws InterruptedException {
        Optional<StreamName> event = testEvent;
        for (RecorderEntry recorder : recorders) {
            UnaryOperator<String> spelling = recorder::spelled;
            CheckReport own = choice.loaded().hasSeveral() ? report.of(recorder.name(), spelling) : report;
            try {
                examine(choice, recorder, own, event);
                event = Optional.empty();
            } catch (ConfigurationException e) {
                CheckReport.Part part = own.part(CONFIGURATION);
                e.problems().stream().map(Problem::toString).forEach(problem -> part.failed(problem, ""));
            }
        }
        CheckReport.Part part = report.part(CONFIGURATION);
        new Forgetting(choice)
                .left()
                .forEach(left -> part.warning(Forgetting.sentence(left), Forgetting.whatToDo(left)));
    }

    private static void examine(
            ConfigurationChoice choice, RecorderEntry recorder, CheckReport report, Optional<StreamName> testEvent)
            throws ConfigurationException, InterruptedException {
        Configuration configuration = recorder.requireConfiguration();
        new Doctor(configuration, choice.folder(recorder), !recorder.isMain(), report)
                .examine(configuration.requireNvr(), testEvent);
    }
}
