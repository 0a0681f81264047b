package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.fuzz.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The parsers of certificates and keys, as files and as what is in their PEM blocks. */
public final class PemParsers {

    private static final int LONGEST = 512 << 10;
    private static final Path FOLDER = Path.of("src/test/resources/io/lightnvr/mqtt/broker/tls");

    private static final Optional<String> PASSWORD = Optional.of("hunter2");

    private PemParsers() {}

    public static List<Parser> all() {
        TlsFile ec = file("ec.pem");
        TlsFile ecKey = file("ec.key");
        return List.of(
                parser("authorities", TrustedCertificates::managers)
                        .with(ec.bytes())
                        .with(file("rsa.bundle.pem").bytes())
                        .with(file("ec.der.pem").bytes()),
                parser("client certificates", certificates -> ClientCertificate.read(certificates, ecKey, PASSWORD))
                        .with(ec.bytes())
                        .with(file("rsa.bundle.pem").bytes()),
                parser("client keys", key -> ClientCertificate.read(ec, key, PASSWORD))
                        .with(file("ec.key").bytes())
                        .with(file("rsa.pkcs1.key").bytes())
                        .with(file("rsa.pkcs1-encrypted.key").bytes())
                        .with(file("ec.sec1.key").bytes())
                        .with(file("openssh.key").bytes())
                        .finding("many headers", "-----BEGIN PRIVATE KEY-----\n" + "a: b\n".repeat(50_000))
                        .finding(
                                "a header of many lines",
                                "-----BEGIN PRIVATE KEY-----\na: b\n" + " b\n".repeat(50_000)
                                        + "-----END PRIVATE KEY-----")
                        .finding("many empty lines", "-----BEGIN PRIVATE KEY-----" + "\n".repeat(500_000))
                        .finding("many blocks", "-----BEGIN A-----\n-----END A-----\n".repeat(15_000))
                        .finding("many beginnings", "a:-----BEGIN PRIVATE KEY-----\n".repeat(15_000)),
                key("PKCS#8 keys", "PRIVATE KEY")
                        .with(der("ec.key"))
                        .with(der("rsa.key"))
                        .with(der("ed25519.key")),
                key("PKCS#1 keys", "RSA PRIVATE KEY").with(der("rsa.pkcs1.key")),
                // The rounds that make a password hard to guess take the time.
                key("encrypted keys", "ENCRYPTED PRIVATE KEY")
                        .taking(Duration.ofSeconds(10))
                        .with(der("rsa.encrypted.key"))
                        .with(der("ec.encrypted.key"))
                        .with(der("ec.pbes1.key"))
                        .with(der("ec.scrypt.key"))
                        .with(der("ec.aes192.key"))
                        .finding("two billion rounds", ClientCertificateTest.withRounds(der("ec.encrypted.key"))));
    }

    private interface FileFeed {
        void take(TlsFile file) throws IOException;
    }

    private static Parser parser(String name, FileFeed feed) {
        return Parser.of(name, input -> feed.take(new TlsFile("option", Path.of(name), input)))
                .upTo(LONGEST)
                .refusing(UnusableFileException.class);
    }

    /** A key as it is within its block, beside a certificate of the most usual kind. */
    private static Parser key(String name, String label) {
        TlsFile certificate = file("rsa.pem");
        return Parser.of(
                        name,
                        input -> ClientCertificate.read(
                                certificate, new TlsFile("option", Path.of(name), pem(label, input)), PASSWORD))
                .upTo(LONGEST / 2)
                .refusing(UnusableFileException.class);
    }

    private static byte[] pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, base64)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(String name) {
        return file(name).blocks().get(0).der();
    }

    private static TlsFile file(String name) {
        try {
            return TlsFile.read("option", FOLDER.resolve(name));
        } catch (UnusableFileException e) {
            throw new AssertionError(e);
        }
    }
}
