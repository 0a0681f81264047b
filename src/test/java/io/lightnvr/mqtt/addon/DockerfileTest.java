package io.lightnvr.mqtt.addon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the image is made of. */
class DockerfileTest {

    private static final Pattern MODULES = Pattern.compile("jlink --add-modules (\\S+)");

    /** A class whose module is missing there would be found to be so by a user. */
    @Test
    void hasTheModulesOfTheJdkThatTheProgramNeeds() {
        Set<String> linked = withWhatTheyRequire(linked());

        assertThat(linked).containsAll(needed()).contains("jdk.httpserver");
    }

    private static List<String> linked() {
        Matcher modules = MODULES.matcher(AddonFiles.text("Dockerfile"));
        assertThat(modules.find()).isTrue();
        return List.of(modules.group(1).split(","));
    }

    private static Set<String> withWhatTheyRequire(List<String> modules) {
        return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules).modules().stream()
                .map(ResolvedModule::name)
                .collect(Collectors.toSet());
    }

    /** By the classes of all packages but the demo, which the image does not have. */
    private static List<String> needed() {
        File[] packages = new File("target/classes/io/lightnvr/mqtt")
                .listFiles(file -> file.isDirectory() && !file.getName().equals("demo"));
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        String[] arguments = Stream.concat(
                        Stream.of("--print-module-deps", "--ignore-missing-deps"),
                        Arrays.stream(packages).map(File::toString))
                .toArray(String[]::new);

        assertThat(ToolProvider.findFirst("jdeps").orElseThrow().run(out, out, arguments))
                .as(printed::toString)
                .isZero();
        return List.of(printed.toString().strip().split(","));
    }
}
