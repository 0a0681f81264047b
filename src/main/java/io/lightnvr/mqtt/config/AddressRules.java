package io.lightnvr.mqtt.config;

import static io.lightnvr.mqtt.config.Rule.Result.accepted;
import static io.lightnvr.mqtt.config.Rule.Result.refused;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for addresses of the recorder, the broker and this machine. White space around an address does not count. */
final class AddressRules {

    private static final Pattern SCHEME = Pattern.compile("(?i)https?");
    private static final Pattern BROKER_SCHEME = Pattern.compile("(?i)mqtts?");
    private static final Pattern NOT_IN_HOST = Pattern.compile("[\\s\\p{Cntrl}/@?#\\[\\]]");
    private static final Pattern HOST_AND_PORT = Pattern.compile("[^:]*:[^:]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+(%[A-Za-z0-9._~-]+)?");
    private static final Pattern IPV6_LITERAL = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final Pattern BRACKETED = Pattern.compile("\\[(.*)]");
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final String OWN_EXAMPLE =
            "use an address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for every network";
    private static final String BROKER_EXAMPLE =
            "use one such as mqtt://192.168.1.10:1883, or mqtts://user:password@broker; write other characters as %XX";
    private static final String UNDERSCORE = "use the IP address, or another name: in Docker Compose an alias of the"
            + " service (networks, aliases), such as light-nvr";
    private static final String EXAMPLE = "use an address such as http://192.168.1.20:8080";

    private AddressRules() {}

    /** The address of the recorder: http or https and a host, optionally a port and a path; nothing else. */
    static Rule<URI> recorder() {
        return Rule.ofOne(OptionType.ADDRESS, "", text -> {
            try {
                return recorder(new URI(text.strip()));
            } catch (URISyntaxException e) {
                return refused("is not an address", EXAMPLE);
            }
        });
    }

    /** The name or address of a broker; an IPv6 address loses its brackets. */
    static Rule.Result<String> host(String text) {
        Matcher bracketed = BRACKETED.matcher(text.strip());
        String host = bracketed.matches() ? bracketed.group(1) : text.strip();
        if (host.isEmpty()) {
            return refused("is empty", "set the broker's name or address, or remove the line");
        }
        if (host.contains("://") || HOST_AND_PORT.matcher(host).matches()) {
            return refused("is more than a host", "use only the name or address, and mqtt.broker_port for the port");
        }
        boolean wrong = NOT_IN_HOST.matcher(host).find()
                || host.contains(":") && !IPV6.matcher(host).matches();
        return wrong
                ? refused("is not a host", "use a name or an address, such as localhost or 192.168.1.10")
                : accepted(host);
    }

    /** An address of this machine, which need not exist: a literal, since a name may lead elsewhere tomorrow. */
    static Rule<InetAddress> ownAddress() {
        return Rule.ofOne(OptionType.ADDRESS, "", text -> {
            Matcher bracketed = BRACKETED.matcher(text.strip());
            String address = bracketed.matches() ? bracketed.group(1) : text.strip();
            try {
                if (IPV4.matcher(address).matches()) {
                    return accepted(InetAddress.getByName(address));
                }
                // Within brackets nothing is ever looked up.
                return IPV6_LITERAL.matcher(address).matches()
                        ? accepted(InetAddress.getByName("[" + address + "]"))
                        : refused("is not an IP address", OWN_EXAMPLE);
            } catch (UnknownHostException e) {
                return refused("is not an IP address", OWN_EXAMPLE);
            }
        });
    }

    /** The URL of a broker: mqtt or mqtts and a host, optionally a login and a port; nothing else. */
    static Rule.Result<String> broker(String text) {
        try {
            URI address = new URI(text.strip());
            boolean isBroker = address.getScheme() != null
                    && BROKER_SCHEME.matcher(address.getScheme()).matches()
                    && address.getHost() != null
                    && address.getPort() != 0
                    && address.getPort() <= 65_535
                    && (address.getRawPath() == null || address.getRawPath().matches("/?"))
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
            return isBroker
                    ? accepted(address.toString())
                    : refusedHost(address, "is not the URL of a broker", BROKER_EXAMPLE);
        } catch (URISyntaxException e) {
            return refused("is not the URL of a broker", BROKER_EXAMPLE);
        }
    }

    /** Names the _ in its host where there is one: Java gives no host of such an address. */
    private static <T> Rule.Result<T> refusedHost(URI address, String rule, String whatToDo) {
        String authority = String.valueOf(address.getRawAuthority());
        boolean hasUnderscore = address.getHost() == null
                && authority.substring(authority.lastIndexOf('@') + 1).contains("_");
        return hasUnderscore
                ? refused("has a host name with _, which no URL takes here", UNDERSCORE)
                : refused(rule, whatToDo);
    }

    private static Rule.Result<URI> recorder(URI address) {
        if (address.getScheme() == null || !SCHEME.matcher(address.getScheme()).matches()) {
            return refused("is not an http or https address", EXAMPLE);
        }
        if (address.getRawAuthority() != null && address.getRawAuthority().contains("@")) {
            return refused("contains a login", "move the login to nvr.username and nvr.password");
        }
        if (address.getHost() == null) {
            return refusedHost(address, "has no valid host", EXAMPLE);
        }
        if (address.getPort() == 0 || address.getPort() > 65_535) {
            return refused("has an invalid port", "use a port from 1 to 65535");
        }
        return address.getRawQuery() != null || address.getRawFragment() != null
                ? refused("has a query or a fragment", "remove the ? or # and what follows")
                : accepted(URI.create(address.toString().replaceFirst("/+$", "")));
    }
}
