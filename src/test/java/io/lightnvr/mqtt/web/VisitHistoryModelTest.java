package io.lightnvr.mqtt.web;

import static io.lightnvr.mqtt.web.VisitOf.id;
import static io.lightnvr.mqtt.web.VisitOf.visit;
import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.status.VisitStatus;
import io.lightnvr.mqtt.status.VisitStatus.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order, the history is what a plain model says, in memory and on the disk. */
class VisitHistoryModelTest {

    private static final int LIMIT = 2_000;
    private static final int STREAMS = 5;

    @TempDir
    private Path folder;

    private final Writer writer = new Writer();
    private final Map<StreamName, Integer> open = new HashMap<>();

    /** The model: the visits, the oldest first, and the pictures of some. */
    private final List<VisitStatus> visits = new ArrayList<>();

    private final Map<String, byte[]> pictures = new HashMap<>();
    private int begun;
    private long now;
    private VisitHistory history;

    private void start() {
        history = new VisitHistory(new HistoryFolder(folder, () -> now), LIMIT, writer, () -> now, kept -> {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isWhatAPlainModelSays(long seed) throws Exception {
        Random random = new Random(seed);
        start();
        for (int i = 0; i < 2_500; i++) {
            now += 10_000_000_000L;
            StreamName stream = new StreamName("s" + random.nextInt(STREAMS));
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5 -> begin(stream);
                case 6, 7, 8 -> goOn(stream, Phase.UPDATE, i);
                case 9, 10, 11, 12 -> goOn(stream, Phase.END, i);
                case 13, 14, 15, 16, 17 -> picture(stream, random);
                case 18 -> rename(stream, new StreamName("s" + random.nextInt(STREAMS)));
                default -> restart(random.nextInt(10) == 0);
            }
            if (random.nextInt(5) == 0) {
                check();
            }
        }
        check();
        assertThat(begun).isGreaterThan(VisitHistory.MOST);
    }

    private void begin(StreamName stream) {
        if (open.containsKey(stream)) {
            return;
        }
        open.put(stream, begun);
        VisitStatus visit = visit(begun++, stream, Phase.START);
        visits.add(visit);
        if (visits.size() > VisitHistory.MOST) {
            pictures.remove(visits.remove(0).id());
        }
        history.visited(visit);
    }

    private void goOn(StreamName stream, Phase phase, int events) {
        Integer number = open.get(stream);
        if (number == null) {
            return;
        }
        if (phase == Phase.END) {
            open.remove(stream);
        }
        VisitStatus news = visit(number, stream, phase, events);
        visits.replaceAll(visit -> visit.id().equals(news.id()) ? news : visit);
        history.visited(news);
    }

    private void picture(StreamName stream, Random random) {
        byte[] jpeg = new byte[random.nextInt(300)];
        random.nextBytes(jpeg);
        Integer number = open.get(stream);
        if (number != null && visits.stream().anyMatch(visit -> visit.id().equals(id(number)))) {
            pictures.put(id(number), jpeg);
            for (VisitStatus visit : visits) {
                if (bytes() <= LIMIT) {
                    break;
                }
                pictures.remove(visit.id());
            }
        }
        history.pictured(stream, jpeg, Optional.of(VisitOf.BEST));
    }

    private long bytes() {
        return pictures.values().stream().mapToLong(jpeg -> jpeg.length).sum();
    }

    /** Onto a name that has no visit. */
    private void rename(StreamName old, StreamName renamed) {
        if (open.containsKey(renamed) || old.equals(renamed)) {
            return;
        }
        Optional.ofNullable(open.remove(old)).ifPresent(number -> open.put(renamed, number));
        visits.replaceAll(visit -> visit.stream().equals(old) ? visit.of(renamed) : visit);
        history.renamed(old, renamed);
    }

    /** A kill comes when everything was written but updates, which close writes. */
    private void restart(boolean lessens) {
        writer.work();
        history.rewrite();
        if (lessens) {
            pictures.keySet().stream().sorted().limit(1).toList().forEach(this::lose);
        }
        start();
    }

    /** A picture is lost on the disk. */
    private void lose(String id) {
        pictures.remove(id);
        try {
            Files.delete(folder.resolve(id + ".jpg"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void check() throws IOException {
        writer.work();
        List<KeptVisit> kept = new ArrayList<>(history.visits());
        Collections.reverse(kept);

        assertThat(kept.stream().map(KeptVisit::visit)).containsExactlyElementsOf(visits);
        assertThat(kept).hasSizeLessThanOrEqualTo(VisitHistory.MOST);
        assertThat(kept.stream()
                        .filter(KeptVisit::hasPicture)
                        .map(each -> each.visit().id()))
                .containsExactlyInAnyOrderElementsOf(pictures.keySet());
        assertThat(history.used()).isEqualTo(bytes()).isLessThanOrEqualTo(LIMIT);
        assertThat(onDisk()).isEqualTo(hashes(pictures));
        pictures.forEach((id, jpeg) -> assertThat(history.picture(id)).hasValue(jpeg));
    }

    private Map<String, Integer> onDisk() throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("visits.jsonl")) {
                    found.put(name.replace(".jpg", ""), Files.readAllBytes(file));
                }
            }
        }
        return hashes(found);
    }

    private static Map<String, Integer> hashes(Map<String, byte[]> files) {
        return files.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> Arrays.hashCode(file.getValue()), (a, b) -> a, TreeMap::new));
    }
}
