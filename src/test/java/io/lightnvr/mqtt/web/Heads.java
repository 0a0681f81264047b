package io.lightnvr.mqtt.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes heads of requests; from the loopback to it, unless told otherwise. */
final class Heads {

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new HashMap<>();
    private String peer = "127.0.0.1";

    private Heads(String method, String target) {
        this.method = method;
        this.target = target;
        headers.put("Host", List.of("127.0.0.1:8099"));
    }

    static Heads get(String target) {
        return new Heads("GET", target);
    }

    static Heads post(String target) {
        return new Heads("POST", target);
    }

    static Heads of(String method, String target) {
        return new Heads(method, target);
    }

    Heads from(String address) {
        peer = address;
        return this;
    }

    /** Has a header, in the place of the one of that name. */
    Heads set(String name, String value) {
        headers.put(name, List.of(value));
        return this;
    }

    /** Has one more header of a name. */
    Heads add(String name, String value) {
        List<String> more = new ArrayList<>(headers.getOrDefault(name, List.of()));
        more.add(value);
        headers.put(name, more);
        return this;
    }

    Heads without(String name) {
        headers.remove(name);
        return this;
    }

    Head head() {
        int mark = target.indexOf('?');
        return new Head(
                address(peer),
                method,
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? "" : target.substring(mark + 1),
                headers);
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
