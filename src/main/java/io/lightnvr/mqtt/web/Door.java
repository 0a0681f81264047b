package io.lightnvr.mqtt.web;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides who is let in. In this order: by address, by {@code Host}, by password, by the page that asks, by method, by token.
 *
 * <p>A browser asks in the name of whatever page it shows. The name in {@code Host} stops a page whose own name was made to point
 * here (DNS rebinding), {@code Origin} and {@code Sec-Fetch-Site} stop any other page, and so does the token, which a page from
 * elsewhere cannot read. Below ingress the names are those of Home Assistant, which has asked for a login already.
 */
final class Door {

    private static final Set<String> ACTIONS =
            Set.of("api/check", "api/test-event", "api/announce", "api/forget", "api/forget-recorder");
    private static final String SUPERVISOR = "172.30.32.2";
    private static final String HEALTH = "healthz";
    private static final String DATA = "api/";
    private static final String TOKEN = "X-Token";
    private static final String SAME_ORIGIN = "same-origin";
    private static final Set<String> OWN_SITES = Set.of(SAME_ORIGIN, "none");

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final boolean ingress;
    private final Optional<PasswordGate> gate;
    private final Token token;

    /** @param gate demands a password, if present */
    Door(boolean ingress, Optional<PasswordGate> gate, Token token) {
        this.ingress = ingress;
        this.gate = gate;
        this.token = token;
    }

    /** Whether an address may speak here at all. Who may not is told nothing. */
    boolean mayConnect(InetAddress peer) {
        return !ingress || peer.isLoopbackAddress() || isSupervisor(peer);
    }

    /** The refusal of a request; empty if it is let in. */
    Optional<Answer> refusal(Head head, String path) {
        return unknownHost(head)
                .or(() -> path.equals(HEALTH)
                        ? Optional.empty()
                        : gate.flatMap(it -> it.refusal(head.peer(), head.header("Authorization"))))
                .or(() -> foreignPage(head, path))
                .or(() -> wrongMethod(head, path))
                .or(() -> wrongToken(head));
    }

    private Optional<Answer> unknownHost(Head head) {
        if (isSupervisor(head.peer())) {
            return Optional.empty();
        }
        Optional<Authority> host = head.header("Host").flatMap(Authority::of);
        if (host.isEmpty()) {
            return Optional.of(Answer.error(BAD_REQUEST, "The request does not say which host it is for"));
        }
        return gate.isPresent() || host.get().isAddressOrLocalhost()
                ? Optional.empty()
                : Optional.of(Answer.error(
                        FORBIDDEN,
                        "Without a password the page is not reached by a name: use its address, or set web.password"));
    }

    private Optional<Answer> foreignPage(Head head, String path) {
        boolean isOpen = !head.method().equals("POST") && !path.startsWith(DATA);
        return isOpen || !isFromElsewhere(head)
                ? Optional.empty()
                : Optional.of(
                        Answer.error(
                                FORBIDDEN,
                                "The request comes from a page of another address; a proxy in between must keep the header Host"));
    }

    private boolean isFromElsewhere(Head head) {
        List<String> sites = head.all("Sec-Fetch-Site");
        if (!OWN_SITES.containsAll(sites)) {
            return true;
        }
        // Home Assistant does not care by which name its own proxy asks; its page is known to be the same all the same.
        boolean isVouchedFor = sites.contains(SAME_ORIGIN) && isSupervisor(head.peer());
        return !isVouchedFor && head.all("Origin").stream().anyMatch(origin -> !isOwn(head, origin));
    }

    private static boolean isOwn(Head head, String origin) {
        Stream<String> forwarded =
                head.all("X-Forwarded-Host").stream().flatMap(hosts -> Arrays.stream(hosts.split(",")));
        return Stream.concat(head.all("Host").stream(), forwarded)
                .flatMap(host -> Authority.of(host.strip()).stream())
                .anyMatch(host -> host.isOf(origin));
    }

    private static Optional<Answer> wrongMethod(Head head, String path) {
        boolean isAction = ACTIONS.contains(path);
        Set<String> allowed = isAction ? Set.of("POST") : Set.of("GET", "HEAD");
        return allowed.contains(head.method())
                ? Optional.empty()
                : Optional.of(
                        Answer.error(METHOD_NOT_ALLOWED, "This address takes " + (isAction ? "POST" : "GET") + " only")
                                .with("Allow", isAction ? "POST" : "GET, HEAD"));
    }

    private Optional<Answer> wrongToken(Head head) {
        if (!head.method().equals("POST")
                || head.header(TOKEN).filter(token::is).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Answer.error(
                FORBIDDEN,
                head.all(TOKEN).isEmpty()
                        ? "The request has no token of the page: load the page again"
                        : "The page is older than the bridge's last start: load it again"));
    }

    private boolean isSupervisor(InetAddress peer) {
        return ingress && peer.getHostAddress().equals(SUPERVISOR);
    }
}
