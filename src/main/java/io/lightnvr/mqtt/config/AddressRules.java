package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Validated.accepted;
import static io.lightnvr.mqtt.config.Validated.refused;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules for where things are. White space around an address does not count. */
final class AddressRules {

    private static final Pattern SCHEME = Pattern.compile("(?i)https?");
    private static final Pattern NOT_IN_HOST = Pattern.compile("[\\s\\p{Cntrl}/@?#\\[\\]]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]*:[^:]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9._~-]+)?");
    private static final Pattern BRACKETED = Pattern.compile("\\[(.*)]");
    private static final String EXAMPLE = "use an address such as http://192.168.1.20:8080";

    private AddressRules() {}

    /** The address of the recorder: http or https and a host, perhaps a port and a path; nothing else. */
    static Rule<URI> recorder() {
        return Rule.ofOne(OptionType.ADDRESS, text -> {
            Optional<URI> address = parsed(text.strip());
            return address.isEmpty() ? refused("is not an address", EXAMPLE) : recorder(address.get());
        });
    }

    /** The name or address of a broker; brackets around an IPv6 address are dropped. */
    static Rule<String> host() {
        return Rule.ofOne(OptionType.ADDRESS, text -> {
            Matcher bracketed = BRACKETED.matcher(text.strip());
            String host = bracketed.matches() ? bracketed.group(1) : text.strip();
            if (host.isEmpty()) {
                return refused("is empty", "give the broker's name or address, or leave the line away");
            }
            return host.contains("://") || HOST_AND_PORT.matcher(host).matches()
                    ? refused(
                            "is more than a host", "give the name or address alone; the port has an option of its own")
                    : hostAlone(host);
        });
    }

    private static Validated<String> hostAlone(String host) {
        boolean wrong = NOT_IN_HOST.matcher(host).find()
                || host.contains(":") && !IPV6.matcher(host).matches();
        return wrong
                ? refused("is not a host", "use a name or an address, such as localhost or 192.168.1.10")
                : accepted(host);
    }

    private static Validated<URI> recorder(URI address) {
        if (address.getScheme() == null || !SCHEME.matcher(address.getScheme()).matches()) {
            return refused("is not an http or https address", EXAMPLE);
        }
        if (address.getRawAuthority() != null && address.getRawAuthority().contains("@")) {
            return refused("holds a login", "put the login into nvr.username and nvr.password");
        }
        if (address.getHost() == null) {
            return refused("has no host that can be asked", EXAMPLE + "; a host name has no _ in it");
        }
        if (address.getPort() == 0 || address.getPort() > 65_535) {
            return refused("has a wrong port", "use a port from 1 to 65535");
        }
        return address.getRawQuery() != null || address.getRawFragment() != null
                ? refused("has more behind the path", "leave away ? or # and what follows")
                : accepted(withoutTrailingSlash(address));
    }

    private static URI withoutTrailingSlash(URI address) {
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
