package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate authority of a test's own, by {@code openssl}. */
final class Certificates {

    private static final String VALID = "30";

    /** It ends in the moment in which it is made. */
    private static final String EXPIRED = "0";

    private final TestBed bed;
    private final Path authority;
    private final Path authorityKey;

    /** @param name of the authority */
    Certificates(TestBed bed, String name) {
        this.bed = bed;
        this.authority = bed.folder().resolve(name + ".pem");
        this.authorityKey = bed.folder().resolve(name + ".key");
        make("req -x509", "-subj", "/CN=" + name, "-keyout", authorityKey, "-out", authority);
    }

    /** Its own certificate, in PEM form. */
    Path authority() {
        return authority;
    }

    /** Lines of Mosquitto's configuration for TLS with a certificate for these names, such as {@code DNS:localhost}. */
    List<String> server(String names) {
        return server(names, VALID);
    }

    /** The same, with a certificate that is no more valid. */
    List<String> expiredServer(String names) {
        return server(names, EXPIRED);
    }

    private List<String> server(String names, String days) {
        Path request = bed.folder().resolve("server.csr");
        Path key = bed.folder().resolve("server.key");
        Path certificate = bed.folder().resolve("server.pem");
        Path extensions = bed.folder().resolve("server.ext");
        write(extensions, "subjectAltName=" + names);
        make("req", "-subj", "/CN=broker", "-keyout", key, "-out", request);
        openssl(
                "x509 -req -CAcreateserial -days " + days,
                "-in",
                request,
                "-CA",
                authority,
                "-CAkey",
                authorityKey,
                "-extfile",
                extensions,
                "-out",
                certificate);
        return List.of("allow_anonymous true", "certfile " + certificate, "keyfile " + key);
    }

    private void make(String command, Object... more) {
        openssl(command + " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes", more);
    }

    private void openssl(String command, Object... more) {
        List<String> whole = Stream.of(
                        Stream.of("openssl"),
                        Stream.of(command.split(" ")),
                        Stream.of(more).map(Object::toString))
                .flatMap(part -> part)
                .toList();
        Program program = bed.program("openssl", Map.of(), whole);
        if (program.exitStatus(Arrivals.PATIENCE) != 0) {
            throw new AssertionError("openssl: " + program.errors().all());
        }
    }

    private static void write(Path file, String line) {
        try {
            Files.writeString(file, line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
