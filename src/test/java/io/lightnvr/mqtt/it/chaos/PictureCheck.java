package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRecorder;
import io.lightnvr.mqtt.event.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pictures: each that was published is the recorder's, whole, and the broker keeps one of each stream that had any. */
final class PictureCheck {

    private static final String TOPIC = "lightnvr/image/";

    private PictureCheck() {}

    static List<String> problems(Hearing tap, Hearing retained) {
        String whole = recorderPicture();
        List<String> problems = new ArrayList<>(Verdict.problem(
                "Pictures that the recorder does not have",
                pictures(tap).stream()
                        .filter(picture -> !picture.payload().equals(whole))
                        .toList()));
        Set<String> forgotten = topics(tap);
        forgotten.removeAll(topics(retained));
        problems.addAll(Verdict.problem("Streams whose picture the broker does not keep", List.copyOf(forgotten)));
        return problems;
    }

    /** How many pictures were published. */
    static int count(Hearing hearing) {
        return pictures(hearing).size();
    }

    /** The picture of the simulated recorder, as an ear writes it down. */
    static String recorderPicture() {
        try (InputStream in = SimulatedRecorder.class.getResourceAsStream("frame.jpeg")) {
            return "sha256 " + HexFormat.of().formatHex(Sha256.digest().digest(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> topics(Hearing hearing) {
        Set<String> topics = new TreeSet<>();
        pictures(hearing).forEach(picture -> topics.add(picture.topic()));
        return topics;
    }

    private static List<Receipt> pictures(Hearing hearing) {
        return hearing.receipts().stream()
                .filter(receipt -> receipt.topic().startsWith(TOPIC))
                .toList();
    }
}
