package io.lightnvr.mqtt.supervisor;

import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.fuzz.Parser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parser of the Supervisor's answer. */
public final class SupervisorParsers {

    private static final int LONGEST = 64 << 10;
    private static final BrokerSettings CLIENT = new BrokerSettings(
            "", 1883, "bridge", Optional.empty(), Duration.ofSeconds(60), Optional.empty(), Optional.empty());

    private static final int OK = 200;
    private static final int REFUSED = 400;

    private SupervisorParsers() {}

    public static List<Parser> all() {
        return List.of(Parser.of("Supervisor's answers", SupervisorParsers::read)
                .upTo(LONGEST)
                .refusing(NoServiceException.class)
                .with(
                        "{\"result\":\"ok\",\"data\":{\"host\":\"core-mosquitto\",\"port\":1883,\"ssl\":false,"
                                + "\"protocol\":\"3.1.1\",\"username\":\"addons\",\"password\":\"s3cret\"}}",
                        "{\"result\":\"error\",\"message\":\"Service not enabled\"}",
                        "{\"result\":\"error\",\"message\":\"System is not ready with state: startup\"}")
                .finding("UTF-32 with a character that there is not", new byte[] {0, 0, 0, '{', 0, 0x11, 0, 0}));
    }

    private static void read(byte[] body) throws NoServiceException {
        BrokerSettings.Tls tls = new BrokerSettings.Tls(Optional.empty(), Optional.empty());
        try {
            Supervisor.service(REFUSED, body);
        } catch (NoServiceException e) {
            Supervisor.service(OK, body).settings(CLIENT, tls).address();
        }
    }
}
