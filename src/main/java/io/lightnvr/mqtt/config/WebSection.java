package io.lightnvr.mqtt.config;

import java.util.Optional;
import java.util.Set;

/**
 * The section {@code [web]} of {@code lightnvr.ini}: where the recorder listens, and its first user. The recorder's own
 * defaults hold: port 8080, all addresses, user {@code admin}.
 */
final class WebSection {

    static final String NAME = "web";

    private static final String DEFAULT_PORT = "8080";
    private static final String DEFAULT_USER = "admin";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    private final RawOptions given;
    private boolean present;
    private String port = DEFAULT_PORT;
    private String bindIp = "";

    WebSection(RawOptions given) {
        this.given = given;
    }

    void line(IniReader.Line line) {
        present = true;
        if (line instanceof IniReader.Line.Entry entry) {
            switch (entry.key()) {
                case "port" -> port = entry.value().isEmpty() ? DEFAULT_PORT : entry.value();
                case "bind_ip" -> bindIp = entry.value();
                case "username" -> put(Options.NVR_USERNAME, entry);
                case "password" -> put(Options.NVR_PASSWORD, entry);
                default -> {
                    // The recorder has many more keys here, none of them for us.
                }
            }
        }
    }

    /** Says where the recorder is, if the section was there and says so. */
    void giveAddress() {
        if (!present) {
            return;
        }
        if (given.has(Options.NVR_PASSWORD) && !given.has(Options.NVR_USERNAME)) {
            given.put(Options.NVR_USERNAME, NAME + ".username", new Node.Scalar(DEFAULT_USER));
        }
        Optional<Integer> goodPort = judged(ValueRules.port(), "port", port);
        Optional<String> host = EVERYWHERE.contains(bindIp)
                ? Optional.of(LOOPBACK)
                : judged(AddressRules.host(), "bind_ip", bindIp).map(WebSection::inAddress);
        if (goodPort.isPresent() && host.isPresent()) {
            String address = "http://" + host.get() + ":" + goodPort.get();
            given.put(Options.NVR_URL, NAME + ".bind_ip", new Node.Scalar(address));
        }
    }

    private <T> Optional<T> judged(Rule<T> rule, String name, String text) {
        return Values.judged(rule, NAME + "." + name, new Node.Scalar(text), given::problem);
    }

    private void put(Option<?> option, IniReader.Line.Entry entry) {
        given.put(option, NAME + "." + entry.key(), new Node.Scalar(entry.value()));
    }

    private static String inAddress(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
