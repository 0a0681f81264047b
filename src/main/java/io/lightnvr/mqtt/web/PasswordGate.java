package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.Sha256;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Demands the password by HTTP Basic; the user's name does not matter. Who is wrong five times in a row must pause, for longer each
 * time, up to a minute. Many addresses together have 100 tries and then one a second, so that a botnet is no better off; one that
 * has known the password before is not held up by them. Thread-safe.
 */
final class PasswordGate {

    private static final String BASIC = "basic ";
    private static final int FREE_TRIES = 5;
    private static final int FREE_TRIES_OF_ALL = 100;
    private static final int MOST_ADDRESSES = 1_000;
    private static final int NETWORK_BYTES = 8;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int LONGEST_PAUSE_SECONDS = 60;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    private final byte[] hash;
    private final LongSupplier nanoTime;
    private final Map<ByteBuffer, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Tries> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private long wrongOfAll;
    private long countedAt;

    /** What an address has tried. */
    private static final class Tries {
        private int wrong;
        private long pausedUntil;
        private boolean hasKnown;
    }

    /** @param nanoTime a monotonic clock */
    PasswordGate(String password, LongSupplier nanoTime) {
        this.hash = hash(password);
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong();
    }

    /**
     * Examines a request.
     *
     * @param authorization the header of that name
     * @return empty if it is let in
     */
    synchronized Optional<Answer> refusal(InetAddress peer, Optional<String> authorization) {
        Optional<String> password = authorization.flatMap(PasswordGate::password);
        if (password.isEmpty()) {
            return Optional.of(demand("The page asks for its password"));
        }
        long now = nanoTime.getAsLong();
        Tries own = tries.computeIfAbsent(network(peer), address -> new Tries());
        long pause = pause(own, now);
        if (pause > 0) {
            return Optional.of(pause(pause));
        }
        if (MessageDigest.isEqual(hash, hash(password.get()))) {
            own.wrong = 0;
            own.hasKnown = true;
            return Optional.empty();
        }
        count(own, now);
        return Optional.of(demand("The password is wrong"));
    }

    private long pause(Tries own, long now) {
        long seconds = (now - countedAt) / SECOND;
        wrongOfAll = Math.max(0, wrongOfAll - seconds);
        countedAt += seconds * SECOND;
        long pause = own.wrong >= FREE_TRIES ? own.pausedUntil - now : 0;
        return pause <= 0 && wrongOfAll >= FREE_TRIES_OF_ALL && !own.hasKnown ? SECOND : pause;
    }

    private void count(Tries own, long now) {
        wrongOfAll++;
        own.wrong = Math.min(own.wrong + 1, FREE_TRIES + LONGEST_PAUSE_SECONDS);
        own.pausedUntil = now + Math.min(1L << Math.max(0, own.wrong - FREE_TRIES), LONGEST_PAUSE_SECONDS) * SECOND;
    }

    private static Answer demand(String sentence) {
        return Answer.error(UNAUTHORIZED, sentence)
                .with("WWW-Authenticate", "Basic realm=\"LightNVR MQTT\", charset=\"UTF-8\"");
    }

    private static Answer pause(long nanos) {
        long seconds = (nanos + SECOND - 1) / SECOND;
        return Answer.error(TOO_MANY_REQUESTS, "The password was wrong too often: try again in " + seconds + " s")
                .with("Retry-After", Long.toString(seconds));
    }

    private static Optional<String> password(String authorization) {
        if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.empty();
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            String both = new String(decoded, StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(both.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Of an IPv6 address the half that names its network: the other half is chosen freely. */
    private static ByteBuffer network(InetAddress peer) {
        byte[] address = peer.getAddress();
        return ByteBuffer.wrap(Arrays.copyOf(address, Math.min(address.length, NETWORK_BYTES)));
    }

    private static byte[] hash(String password) {
        return Sha256.digest().digest(password.getBytes(StandardCharsets.UTF_8));
    }
}
