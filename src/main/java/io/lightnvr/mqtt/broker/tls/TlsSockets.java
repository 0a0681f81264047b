package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.broker.BrokerSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Creates TLS socket factories. They read the files each time, so that renewed ones take effect. */
public final class TlsSockets {

    private TlsSockets() {}

    /**
     * A factory for sockets that trust the CA file, if there is one, and present the client's certificate, if there is one.
     *
     * @throws IOException if a file cannot be used; the message is a sentence for people
     */
    public static SSLSocketFactory factory(BrokerSettings.Tls tls) throws IOException {
        if (tls.caFile().isEmpty() && tls.client().isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        KeyManager[] client = keyManagers(tls.client());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(client, TrustedCertificates.managers(tls.caFile()), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(Optional<BrokerSettings.ClientFiles> files) throws UnusableFileException {
        return files.isEmpty()
                ? new KeyManager[0]
                : new KeyManager[] {new ClientKeyManager(ClientCertificate.read(files.get()))};
    }
}
