package io.lightnvr.mqtt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code .ci/scan} with a database that answers as OSV's documentation says, and knows what a test tells it. */
@Execution(ExecutionMode.CONCURRENT)
class ScanIT {

    private static final String CANARY = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1";
    private static final String PAHO = "pkg:maven/org.eclipse.paho/org.eclipse.paho.mqttv5.client@";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final List<String> asked = new ArrayList<>();
    private Map<String, String> idByStart = Map.of(CANARY, "GHSA-jfh8-c2jp-5v3q");
    private HttpServer database;

    @BeforeEach
    void startADatabase() throws IOException {
        database = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        database.createContext("/v1/querybatch", exchange -> answer(exchange, found(exchange)));
        database.createContext("/v1/vulns/", exchange -> answer(exchange, JSON.readTree("""
                {"id": "GHSA-xxxx", "aliases": ["CVE-2026-1"], "summary": "It is open",
                 "affected": [
                   {"package": {"ecosystem": "Maven", "name": "other:one"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}]},
                   {"package": {"ecosystem": "Maven", "name": "org.eclipse.paho:org.eclipse.paho.mqttv5.client"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.6"}]}]}]}""")));
        database.start();
        bed.own(() -> database.stop(0));
    }

    @Test
    void passesWhereNothingIsKnown() {
        Program scan = scan();

        assertThat(scan.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(scan.output().all())
                .singleElement()
                .asString()
                .matches("Known vulnerabilities: 0 in \\d+ libraries\\.");
        assertThat(asked).last().isEqualTo(CANARY);
        assertThat(asked)
                .anyMatch(purl -> purl.startsWith(PAHO))
                .anyMatch(purl -> purl.startsWith("pkg:maven/org.yaml/snakeyaml@"))
                .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.artemis/artemis-server@"));
    }

    @Test
    void failsWithTheIdTheLibraryAndTheVersionThatIsMended() {
        idByStart = Map.of(CANARY, "GHSA-jfh8-c2jp-5v3q", PAHO, "GHSA-xxxx");

        Program scan = scan();

        assertThat(scan.exitStatus(Arrivals.PATIENCE)).isEqualTo(1);
        assertThat(scan.output().all())
                .first()
                .asString()
                .matches(
                        "GHSA-xxxx \\(CVE-2026-1\\): org\\.eclipse\\.paho:org\\.eclipse\\.paho\\.mqttv5\\.client [0-9.]+,"
                                + " mended in 1\\.2\\.6: It is open");
    }

    @Test
    void saysThatItCouldNotAskAndFailsOnlyIfItMust() {
        database.stop(0);

        Program scan = scan();
        Program must = scan("--must");

        assertThat(scan.exitStatus(Arrivals.PATIENCE)).isZero();
        assertThat(scan.errors().all()).singleElement().asString().contains("NOT CHECKED", "cannot be asked: Failed");
        assertThat(must.exitStatus(Arrivals.PATIENCE)).isEqualTo(1);
    }

    @Test
    void doesNotTrustADatabaseThatKnowsNothing() {
        idByStart = Map.of();

        Program scan = scan("--must");

        assertThat(scan.exitStatus(Arrivals.PATIENCE)).isEqualTo(1);
        assertThat(scan.errors().all()).singleElement().asString().contains("NOT CHECKED", "does not know " + CANARY);
    }

    private Program scan(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("basedir", ""), ".ci/scan")
                .toAbsolutePath()
                .toString()));
        command.addAll(List.of(arguments));
        String address = "http://127.0.0.1:" + database.getAddress().getPort();
        return bed.program("scan", Map.of("LIGHTNVR_SCAN_DATABASE", address), command);
    }

    private JsonNode found(HttpExchange exchange) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (JsonNode query : JSON.readTree(exchange.getRequestBody()).path("queries")) {
            String purl = query.at("/package/purl").asText();
            asked.add(purl);
            ObjectNode result = results.addObject();
            idByStart.forEach((start, id) -> {
                if (purl.startsWith(start)) {
                    result.putArray("vulns").addObject().put("id", id).put("modified", "2026-11-01T00:00:00Z");
                }
            });
        }
        return answer;
    }

    private static void answer(HttpExchange exchange, JsonNode json) throws IOException {
        byte[] body = JSON.writeValueAsBytes(json);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
