package io.lightnvr.mqtt.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and its port, as {@code Host} names them.
 *
 * @param host in lower case
 * @param port empty if it is the scheme's own
 */
record Authority(String host, Optional<Integer> port) {

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253})(?::(\\d{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.{1,300})");
    private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int MOST_OF_BYTE = 255;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Reads a value of {@code Host}; empty if it is none. */
    static Optional<Authority> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Authority(
                        form.group(1).toLowerCase(Locale.ROOT),
                        Optional.ofNullable(form.group(2)).map(Integer::valueOf)))
                : Optional.empty();
    }

    /** Whether it is an address, which no name server can point elsewhere, or the name of this machine for itself. */
    boolean isAddressOrLocalhost() {
        return host.startsWith("[")
                || host.equals("localhost")
                || DOTTED.matcher(host).matches()
                        && Arrays.stream(host.split("\\.")).allMatch(part -> Integer.parseInt(part) <= MOST_OF_BYTE);
    }

    /** Whether an {@code Origin} is that of a page from here. */
    boolean isOf(String origin) {
        Matcher form = ORIGIN.matcher(origin);
        if (!form.matches()) {
            return false;
        }
        int usual = form.group(1).equals("http") ? HTTP : HTTPS;
        return of(form.group(2))
                .filter(other ->
                        other.host.equals(host) && other.port.orElse(usual).equals(port.orElse(usual)))
                .isPresent();
    }
}
