package io.lightnvr.mqtt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A certificate authority of a test's own, by {@code openssl}. */
public final class Certificates {

    private static final String EC = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

    private static final String VALID = "30";

    private static final String ENDING = "10";

    /** It ends in the moment in which it is made. */
    private static final String EXPIRED = "0";

    private final TestBed bed;
    private final Path authority;
    private final Path authorityKey;

    /** @param name of the authority */
    public Certificates(TestBed bed, String name) {
        this.bed = bed;
        this.authority = bed.folder().resolve(name + ".pem");
        this.authorityKey = bed.folder().resolve(name + ".key");
        openssl("genpkey " + EC, "-out", authorityKey);
        openssl("req -x509 -days " + VALID, "-subj", "/CN=" + name, "-key", authorityKey, "-out", authority);
    }

    /** Its own certificate, in PEM form. */
    public Path authority() {
        return authority;
    }

    /** Lines of Mosquitto's configuration for TLS with a certificate for these names, such as {@code DNS:localhost}. */
    public List<String> server(String names) {
        return server(names, VALID);
    }

    /** The same, with a certificate that is no more valid. */
    List<String> expiredServer(String names) {
        return server(names, EXPIRED);
    }

    /** The same, with a certificate that ends within two weeks. */
    List<String> endingServer(String names) {
        return server(names, ENDING);
    }

    private List<String> server(String names, String days) {
        Path extensions = bed.folder().resolve("server.ext");
        write(extensions, "subjectAltName=" + names);
        Path key = newKey("server", EC);
        Path certificate = sign("server", "broker", key, days, "-extfile", extensions);
        return List.of("allow_anonymous true", "certfile " + certificate, "keyfile " + key);
    }

    /** A certificate of a client, by which a broker knows it as {@code name}, with a new key. */
    Client client(String name) {
        return client(name, EC);
    }

    /** The same with another kind of key, as {@code openssl genpkey} takes it. */
    Client client(String name, String keyKind) {
        Path key = newKey(name, keyKind);
        return new Client(sign(name, name, key, VALID), key);
    }

    /** The same, no more valid. */
    Client expiredClient(String name) {
        Path key = newKey(name, EC);
        return new Client(sign(name, name, key, EXPIRED), key);
    }

    /** The same, which ends within two weeks. */
    Client endingClient(String name) {
        Path key = newKey(name, EC);
        return new Client(sign(name, name, key, ENDING), key);
    }

    /** The files of a client's certificate. */
    record Client(Path certificate, Path key) {}

    private Path newKey(String name, String kind) {
        Path key = bed.folder().resolve(name + ".key");
        openssl("genpkey " + kind, "-out", key);
        return key;
    }

    private Path sign(String name, String commonName, Path key, String days, Object... more) {
        Path request = bed.folder().resolve(name + ".csr");
        Path certificate = bed.folder().resolve(name + ".pem");
        openssl("req -new", "-subj", "/CN=" + commonName, "-key", key, "-out", request);
        List<Object> files = List.of("-in", request, "-CA", authority, "-CAkey", authorityKey, "-out", certificate);
        openssl(
                "x509 -req -CAcreateserial -days " + days,
                Stream.concat(files.stream(), Stream.of(more)).toArray());
        return certificate;
    }

    /** Runs {@code openssl}; what more it is given may hold spaces. */
    void openssl(String command, Object... more) {
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
