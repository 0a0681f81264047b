package io.lightnvr.mqtt.broker.tls;

import io.lightnvr.mqtt.broker.BrokerSettings;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Makes the sockets of encrypted connections. The files are read each time, so that renewed ones hold. */
public final class TlsSockets {

    private TlsSockets() {}

    /**
     * Sockets that believe whom the settings say, and say who we are.
     *
     * @throws IOException with a sentence for people, where a file cannot be used
     */
    public static SSLSocketFactory factory(BrokerSettings.Tls tls) throws IOException {
        if (tls.caFile().isEmpty() && tls.own().isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        KeyManager[] own = own(tls.own());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, TrustedCertificates.managers(tls.caFile()), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] own(Optional<BrokerSettings.ClientFiles> files) throws UnusableFileException {
        return files.isEmpty()
                ? new KeyManager[0]
                : new KeyManager[] {new ClientKeyManager(ClientCertificate.read(files.get()))};
    }
}
