package io.lightnvr.mqtt.broker.tls;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The commands that turn a file that we cannot use into one that we can, as a shell takes them. */
final class ConvertCommand {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./+:,@%-]+");

    private ConvertCommand() {}

    /** Of a private key that is not encrypted, and stays so. */
    static String plainKey(Path key) {
        return "convert it by `openssl pkcs8 -topk8 -nocrypt -in " + inAndOut(key, ".pkcs8")
                + "` and name the new file";
    }

    /** Of an encrypted private key. */
    static String encryptedKey(Path key) {
        return encrypted("openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + inAndOut(key, ".pkcs8"));
    }

    /** Of a private key in DER form. */
    static String derKey(Path key) {
        return "convert it by `openssl pkcs8 -topk8 -nocrypt -inform DER -in " + inAndOut(key, ".pkcs8")
                + "` and name the new file";
    }

    /** Of an encrypted private key in DER form. */
    static String encryptedDerKey(Path key) {
        return encrypted("openssl pkcs8 -topk8 -v2 aes-256-cbc -inform DER -in " + inAndOut(key, ".pkcs8"));
    }

    /** Of a private key as OpenSSH writes it, which openssl does not read. */
    static String openSshKey(Path key) {
        String copy = quoted(key + ".pkcs8");
        return "convert a copy by `cp " + quoted(key.toString()) + " " + copy + " && ssh-keygen -p -m PKCS8 -f " + copy
                + "` and name that";
    }

    /** Of a PKCS#12 file. */
    static String pkcs12(Path key) {
        return encrypted("openssl pkcs12 -nocerts -aes256 -in " + inAndOut(key, ".pkcs8"));
    }

    /** Of a Java key store. */
    static String javaKeyStore(Path key) {
        String store = quoted(key + ".p12");
        return encrypted("keytool -importkeystore -srckeystore " + quoted(key.toString()) + " -destkeystore " + store
                + " -deststoretype PKCS12 && openssl pkcs12 -nocerts -aes256 -in " + store + " -out "
                + quoted(key + ".pkcs8"));
    }

    /** Of a certificate in DER form. */
    static String derCertificate(Path certificate) {
        return "convert it by `openssl x509 -inform DER -in " + inAndOut(certificate, ".pem")
                + "` and name the new file";
    }

    private static String encrypted(String command) {
        return "convert it by `" + command + "`, name the new file, and set the password that you give it as "
                + ClientCertificate.PASSWORD_OPTION;
    }

    private static String inAndOut(Path file, String ending) {
        return quoted(file.toString()) + " -out " + quoted(file + ending);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
