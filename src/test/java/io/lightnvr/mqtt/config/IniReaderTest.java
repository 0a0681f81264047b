package io.lightnvr.mqtt.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.config.IniReader.Line;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniReaderTest {

    @Test
    void readsSectionsAndTheirEntries() {
        assertThat(IniReader.read("[web]\nport = 8080\n\n[mqtt]\r\nqos=1\rretain : true"))
                .containsExactly(
                        new Line.Header(1, "web"),
                        new Line.Entry(2, "web", "port", "8080"),
                        new Line.Header(4, "mqtt"),
                        new Line.Entry(5, "mqtt", "qos", "1"),
                        new Line.Entry(6, "mqtt", "retain", "true"));
    }

    @Test
    void takesSectionsInUpperAndLowerCaseAlike() {
        assertThat(IniReader.read("[ MQTT ] ; the broker")).containsExactly(new Line.Header(1, "mqtt"));
    }

    @Test
    void leavesOutEmptyLinesAndComments() {
        assertThat(IniReader.read("; a = b\n# a = b\n  ; a = b\n\n \t\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k = v ; comment | v",
                "k = v\t;comment | v",
                "k = a;b | a;b",
                "k =;b | ;b",
                "k = ; comment | ~~",
                "k = | ~~",
                "k = a # b | a # b",
                "k = a b  c | a b  c",
                "k = a=b:c | a=b:c",
                "k : a=b | a=b",
                "k = \"a ; b\" | a ; b",
                "k = \" a \" ; comment | ~ a ~",
                "k = \"\" | ~~",
                "k = \"a\"b\" | \"a\"b\"",
                "k = \"a | \"a",
                "k = it's \"so\" | it's \"so\""
            })
    void readsAValueAsTheRecorderDoesSaveForQuotes(String line, String value) {
        assertThat(IniReader.read(line)).containsExactly(new Line.Entry(1, "", "k", value));
    }

    @Test
    void tellsWhatIsBrokenByItsLineAlone() {
        List<Line> lines = IniReader.read("[mqtt]\nhunter2\n = hunter2\nk ; = v\n[web\nport = 1");

        assertThat(lines)
                .containsExactly(
                        new Line.Header(1, "mqtt"),
                        new Line.Malformed(2, "mqtt"),
                        new Line.Malformed(3, "mqtt"),
                        new Line.Malformed(4, "mqtt"),
                        new Line.Malformed(5, ""),
                        new Line.Entry(6, "mqtt", "port", "1"));
    }
}
