package io.lightnvr.mqtt.it.ha;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Home Assistant's log holds against those who talk to it: each line at WARNING or above, of any part of it. A
 * bridge that does right causes none, so what remains is listed here.
 */
final class Complaints {

    private static final Pattern LINE =
            Pattern.compile("\\S+ \\S+ (?:WARNING|ERROR|CRITICAL) \\([^)]*\\) \\[(?<logger>[^]]+)] (?<text>.*)");

    private static final Pattern BEGINNING = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:");

    private static final List<Pattern> OF_NO_CONCERN = List.of(
            // How it was installed and started.
            Pattern.compile("homeassistant\\.bootstrap: Skipping pip installation.*"),
            Pattern.compile("aiohttp_fast_zlib: .*"),
            Pattern.compile("homeassistant\\.components\\.camera\\.img_util: Error loading libturbojpeg.*"),
            // A machine under load.
            Pattern.compile("\\S+: (?:Setup of|Update of|Updating) .* is taking (?:over|longer).*"),
            Pattern.compile("homeassistant\\.helpers\\.entity: Updating state for .* took [\\d.]+ seconds.*"),
            Pattern.compile("homeassistant\\.bootstrap: Waiting for integrations to complete setup.*"),
            // It was killed before.
            Pattern.compile("homeassistant\\.components\\.recorder\\.util: .*was shutdown cleanly"),
            Pattern.compile("homeassistant\\.components\\.recorder\\.util: Ended unfinished session.*"),
            // The broker is away.
            Pattern.compile("paho\\.mqtt\\.client: failed to receive on socket: .*"),
            Pattern.compile(
                    "homeassistant: Error doing job: .* Error talking to MQTT: The client is not currently connected\\."),
            Pattern.compile("homeassistant\\.components\\.mqtt\\.client: Error returned from MQTT server: .*"),
            Pattern.compile("homeassistant\\.components\\.mqtt\\.client: Failed to connect to MQTT server.*"),
            Pattern.compile("homeassistant\\.components\\.mqtt\\.client: No ACK from MQTT server.*"));

    private Complaints() {}

    /** Those among the lines of a log, each with the last line of its trace, if it has one. */
    static List<String> among(List<String> log) {
        List<String> complaints = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            int end = i + 1;
            while (end < log.size() && !BEGINNING.matcher(log.get(end)).find()) {
                end++;
            }
            String told = end > i + 1 ? log.get(i) + " " + log.get(end - 1) : log.get(i);
            if (isComplaint(told)) {
                complaints.add(told);
            }
            i = end - 1;
        }
        return complaints;
    }

    private static boolean isComplaint(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        String said = matcher.group("logger") + ": " + matcher.group("text");
        return OF_NO_CONCERN.stream().noneMatch(known -> known.matcher(said).matches());
    }
}
