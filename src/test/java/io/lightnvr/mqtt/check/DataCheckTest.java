package io.lightnvr.mqtt.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.store.StoreInspection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCheckTest {

    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void stopsAtAFolderThatIsMissing() {
        Path missing = folder.resolve("missing");

        check(missing, StoreInspection.at(missing));

        assertThat(lines)
                .containsExactly(
                        "failed data: " + missing + " is not a folder -> create it, or choose another one with --data");
    }

    @Test
    void expectsNoStoreBeforeTheFirstStart() {
        check(folder, StoreInspection.at(folder));

        assertThat(lines)
                .contains(
                        "ok data: " + folder + " is writable", "ok data: there is no store yet; the bridge creates it");
    }

    @Test
    void countsTheEventsThatWait() {
        Instant oldest = Instant.parse("2026-11-22T12:00:00Z");

        check(folder, new StoreInspection(folder, false, 3, Optional.of(oldest), Optional.empty()));

        assertThat(lines)
                .contains("warning data: events waiting in the store: 3 (oldest: 2026-11-22T12:00:00Z)"
                        + " -> start the bridge to send them");
    }

    @Test
    void leavesAStoreThatIsInUseAlone() {
        check(folder, new StoreInspection(folder, true, 0, Optional.empty(), Optional.empty()));

        assertThat(lines).contains("ok data: a running bridge uses it");
    }

    private void check(Path data, StoreInspection store) {
        CheckReport report = new CheckReport(finding -> lines.add(finding.severity() + " " + finding));
        new DataCheck(data, false, report.part("data")).check(store);
    }
}
