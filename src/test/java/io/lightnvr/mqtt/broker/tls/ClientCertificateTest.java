package io.lightnvr.mqtt.broker.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lightnvr.mqtt.broker.BrokerSettings.ClientFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are as openssl and ssh-keygen made them; those of one kind of key hold the same key. */
class ClientCertificateTest {

    private static final String PASSWORD = "hunter2";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, rsa.key, RSA",
        "rsa.pem, rsa.pkcs1.key, RSA",
        "rsa.bundle.pem, rsa.bundle.pem, RSA",
        "ec.pem, ec.key, EC",
        "ed25519.pem, ed25519.key, EdDSA"
    })
    void readsKeysThatAreNotEncrypted(String certificate, String key, String kind) throws Exception {
        ClientCertificate read =
                ClientCertificate.read(new ClientFiles(file(certificate), file(key), Optional.empty()));

        assertThat(read.key().getAlgorithm()).isEqualTo(kind);
        assertThat(read.chain()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa.pem, rsa.encrypted.key, hunter2",
        "ec.pem, ec.encrypted.key, hunter2",
        "ed25519.pem, ed25519.encrypted.key, größer"
    })
    void readsEncryptedKeys(String certificate, String key, String password) throws Exception {
        ClientFiles files = new ClientFiles(file(certificate), file(key), Optional.of(password));

        assertThat(ClientCertificate.read(files).chain()).hasSize(1);
    }

    @Test
    void readsTheWholeChainAndWhatStandsBetweenDoesNoHarm() throws Exception {
        Path chain =
                write("chain.pem", "Bag Attributes\r\n" + text("ec.pem") + "\nsubject=CN = rsa\n" + text("rsa.pem"));

        ClientCertificate read = ClientCertificate.read(new ClientFiles(chain, file("ec.key"), Optional.empty()));

        assertThat(read.chain())
                .extracting(certificate -> certificate.getSubjectX500Principal().getName())
                .containsExactly("CN=ec", "CN=rsa");
    }

    @Test
    void readsFilesWithTheLineEndsOfWindows() throws Exception {
        Path key = write("rsa.key", text("rsa.pkcs1.key").replace("\n", "\r\n"));
        Path certificate = write("rsa.pem", text("rsa.pem").replace("\n", "\r\n"));

        assertThat(ClientCertificate.read(new ClientFiles(certificate, key, Optional.empty()))
                        .chain())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ec.sec1.key | holds a key of the form "EC PRIVATE KEY", not PKCS#8
                    rsa.pkcs1-encrypted.key | holds an encrypted key of the form "RSA PRIVATE KEY", not PKCS#8
                    openssh.key | holds a key of the form "OPENSSH PRIVATE KEY", not PKCS#8
                    ec.scrypt.key | is encrypted with an unsupported algorithm
                    ec.pbes1.key | is encrypted with an unsupported algorithm
                    ec.aes192.key | is encrypted with an unsupported algorithm
                    ec.der.key | holds no private key in PEM form
                    ec.p12 | holds no private key in PEM form
                    """)
    void namesTheRecipeThatConvertsAnotherForm(String name, String rule) throws Exception {
        Path key = file(name);

        UnusableFileException problem = problem(file("ec.pem"), key, Optional.of(PASSWORD));

        assertThat(problem.option()).isEqualTo("mqtt.tls_key_file");
        assertThat(problem.rule()).isEqualTo(rule);
        assertThat(problem)
                .hasMessage("mqtt.tls_key_file: " + key + " " + rule + "; convert it as docs/recipes/broker.md shows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa.encrypted.key", "ec.encrypted.key", "ed25519.encrypted.key"})
    void doesNotOpenAKeyByAnotherPasswordAndDoesNotTellIt(String key) throws Exception {
        assertThat(problem(file("ec.pem"), file(key), Optional.of("hunter3")))
                .hasMessage("mqtt.tls_key_file: " + file(key)
                        + " cannot be decrypted with the password in mqtt.tls_key_password; correct it");
    }

    @Test
    void asksForThePasswordOfAnEncryptedKey() throws Exception {
        assertThat(problem(file("ec.pem"), file("ec.encrypted.key"), Optional.empty()))
                .hasMessage("mqtt.tls_key_file: " + file("ec.encrypted.key")
                        + " is encrypted and mqtt.tls_key_password is not set; set the key's password there");
    }

    @ParameterizedTest
    @CsvSource({"ec.pem, rsa.key", "rsa.pem, ec.key", "ed25519.pem, ec.key", "ec.pem, ed25519.key"})
    void refusesTheKeyOfAnotherCertificate(String certificate, String key) throws Exception {
        assertThat(problem(file(certificate), file(key), Optional.empty()))
                .hasMessage("mqtt.tls_key_file: " + file(key) + " is not the key of the first certificate in "
                        + file(certificate) + "; name the key that this certificate was made with");
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        assertThat(problem(file("expired.pem"), file("ec.key"), Optional.empty()))
                .hasMessage("mqtt.tls_cert_file: " + file("expired.pem")
                        + " expired at 2020-01-01T00:00:00Z; renew the certificate");
    }

    @Test
    void namesTheRecipeThatConvertsACertificateInDerForm() throws Exception {
        Path certificate = file("ec.der.pem");

        assertThat(problem(certificate, file("ec.key"), Optional.empty()))
                .hasMessage("mqtt.tls_cert_file: " + certificate + " holds no certificate in PEM form;"
                        + " convert it as docs/recipes/broker.md shows, or name another file");
    }

    @Test
    void saysWhatAFileDoesNotHold() throws Exception {
        assertThat(problem(file("ec.key"), file("ec.key"), Optional.empty()).rule())
                .isEqualTo("holds no certificate in PEM form");
        assertThat(problem(file("ec.pem"), file("ec.pem"), Optional.empty()).rule())
                .isEqualTo("holds no private key in PEM form");
        assertThat(problem(file("ec.pem"), write("empty", ""), Optional.empty()).rule())
                .isEqualTo("holds no private key in PEM form");
    }

    @Test
    void saysThatAKeyIsDamagedAndDoesNotShowIt() throws Exception {
        String damaged = text("ec.key").replace("MIGH", "MIGG");

        assertThat(problem(file("ec.pem"), write("damaged.key", damaged), Optional.empty()))
                .hasMessage("mqtt.tls_key_file: " + folder.resolve("damaged.key")
                        + " holds a damaged key, or one of an unsupported kind;"
                        + " use an RSA, EC (P-256, P-384 or P-521) or Ed25519 key");
    }

    @Test
    void refusesAKeyWhosePasswordIsHashedForHours() throws Exception {
        byte[] der = withRounds(file("ec.encrypted.key"));
        Path key = write(
                "slow.key",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(der) + "\n-----END ENCRYPTED PRIVATE KEY-----\n");

        assertThat(problem(file("ec.pem"), key, Optional.of(PASSWORD)).rule())
                .isEqualTo("is encrypted with more than 1000000 rounds");
    }

    private static byte[] withRounds(Path key) throws Exception {
        return withRounds(TlsFile.read("", key).blocks().get(0).der());
    }

    /** The encrypted EC key with 2,147,483,647 rounds instead of 2,048. */
    static byte[] withRounds(byte[] der) {
        String hex = HexFormat.of().formatHex(der);
        return HexFormat.of()
                .parseHex(hex.replace("3081de3049", "3081e0304b")
                        .replace("303c301b", "303e301d")
                        .replace("300e0408", "30100408")
                        .replace("02020800", "02047fffffff"));
    }

    @Test
    void saysWhyAnAuthorityCannotBeRead() throws Exception {
        Path large = folder.resolve("large");
        Files.write(large, new byte[(512 << 10) + 1]);

        assertThatThrownBy(() -> TrustedCertificates.managers(Optional.of(large)))
                .hasMessage("mqtt.tls_ca_file: " + large + " is larger than 512 KiB; name a PEM file");
        assertThatThrownBy(() -> TrustedCertificates.managers(Optional.of(file("ec.key"))))
                .hasMessage("mqtt.tls_ca_file: " + file("ec.key") + " holds no certificates in PEM form;"
                        + " name the PEM file of the broker's authority");
    }

    @Test
    void saysWhyAFileCannotBeRead() throws Exception {
        Path large = folder.resolve("large");
        Files.write(large, new byte[(512 << 10) + 1]);

        assertThat(problem(folder.resolve("none"), file("ec.key"), Optional.empty())
                        .rule())
                .isEqualTo("does not exist");
        assertThat(problem(file("ec.pem"), folder, Optional.empty()).rule()).isEqualTo("is a folder");
        assertThat(problem(file("ec.pem"), large, Optional.empty()).rule()).isEqualTo("is larger than 512 KiB");
    }

    @Test
    void doesNotPrintTheKey() throws Exception {
        ClientCertificate read =
                ClientCertificate.read(new ClientFiles(file("ec.pem"), file("ec.key"), Optional.of(PASSWORD)));

        assertThat(read).hasToString("ClientCertificate[CN=ec]");
    }

    private static UnusableFileException problem(Path certificate, Path key, Optional<String> password) {
        return catchThrowableOfType(
                UnusableFileException.class, () -> ClientCertificate.read(new ClientFiles(certificate, key, password)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String text(String name) throws IOException, URISyntaxException {
        return Files.readString(file(name));
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(ClientCertificateTest.class.getResource(name).toURI());
    }
}
