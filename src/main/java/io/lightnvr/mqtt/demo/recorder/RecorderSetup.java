package io.lightnvr.mqtt.demo.recorder;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * The settings with which a simulated recorder starts.
 *
 * @param port on which it listens, 0 for any free port
 * @param zone of its local time
 * @param clock the right time
 * @param accounts its users; if there are none, no call needs a login
 * @param tokens supplies the secret of each session
 * @param generation which rights it asks for, and what it shows
 */
public record RecorderSetup(
        int port,
        ZoneId zone,
        InstantSource clock,
        List<Account> accounts,
        Supplier<String> tokens,
        Generation generation) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;

    public RecorderSetup {
        accounts = List.copyOf(accounts);
    }

    /** A recorder on a free port, in UTC, without a login. */
    public static RecorderSetup open() {
        return new RecorderSetup(
                0, ZoneOffset.UTC, InstantSource.system(), List.of(), RecorderSetup::token, Generation.V0_37);
    }

    public RecorderSetup onPort(int other) {
        return new RecorderSetup(other, zone, clock, accounts, tokens, generation);
    }

    public RecorderSetup in(ZoneId other) {
        return new RecorderSetup(port, other, clock, accounts, tokens, generation);
    }

    public RecorderSetup withClock(InstantSource other) {
        return new RecorderSetup(port, zone, other, accounts, tokens, generation);
    }

    public RecorderSetup withAccounts(Account... others) {
        return new RecorderSetup(port, zone, clock, List.of(others), tokens, generation);
    }

    public RecorderSetup withTokens(Supplier<String> other) {
        return new RecorderSetup(port, zone, clock, accounts, other, generation);
    }

    public RecorderSetup of(Generation other) {
        return new RecorderSetup(port, zone, clock, accounts, tokens, other);
    }

    private static String token() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
