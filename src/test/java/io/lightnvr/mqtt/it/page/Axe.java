package io.lightnvr.mqtt.it.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** axe-core, which finds what keeps people from using a page. {@code .ci/test} has installed it. */
final class Axe {

    private static final String VARIABLE = "LIGHTNVR_TEST_AXE";
    private static final String SCRIPT = "node_modules/axe-core/axe.min.js";

    private static final String SERIOUS = """
            const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
                .filter(({impact}) => impact === 'serious' || impact === 'critical')
                .map(({id, nodes}) => `${id}: ${nodes.map(node => node.html).slice(0, 3).join(' ')}`)),
                trouble => done(['axe itself failed: ' + trouble]));""";

    private Axe() {}

    /** What is serious or critical on the page as it is now. */
    static List<?> violations(Chromium browser) {
        browser.run(script());
        return (List<?>) browser.runAsync(SERIOUS);
    }

    private static String script() {
        String folder = System.getenv(VARIABLE);
        if (folder == null) {
            throw new AssertionError(VARIABLE + " must name the folder of axe-core: run .ci/test, which installs it");
        }
        try {
            return Files.readString(Path.of(folder, SCRIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
