package io.lightnvr.mqtt.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A parser of foreign bytes, with what its caller in the program does with the result at once.
 *
 * @param name what it parses
 * @param longest the longest input that reaches it, in bytes
 * @param corpus valid inputs
 * @param findings inputs that once did harm, by what is special about them
 * @param within how long an input may take, of the processor
 * @param refusals the exceptions that the caller turns into a sentence; no other one may come out
 * @param feeds makes what takes inputs, one after the other
 */
public record Parser(
        String name,
        int longest,
        List<byte[]> corpus,
        Map<String, byte[]> findings,
        Duration within,
        Set<Class<? extends Exception>> refusals,
        Supplier<Feed> feeds) {

    /** The most that an input has unless a parser takes less. */
    public static final int USUAL = 128 << 10;

    /** Takes one input. */
    @FunctionalInterface
    public interface Feed {

        /**
         * Parses it.
         *
         * @throws Exception one of the parser's refusals; anything else is a fault
         */
        void take(byte[] input) throws Exception;
    }

    /** A parser that refuses nothing: what it does not understand, it takes for nothing. */
    public static Parser of(String name, Feed feed) {
        return made(name, () -> feed);
    }

    /** A parser that remembers something of earlier inputs, and is made anew for each run. */
    public static Parser made(String name, Supplier<Feed> feeds) {
        return new Parser(name, USUAL, List.of(), Map.of(), Duration.ofSeconds(1), Set.of(), feeds);
    }

    public Parser upTo(int bytes) {
        return new Parser(name, bytes, corpus, findings, within, refusals, feeds);
    }

    /** A parser that takes long by purpose. */
    public Parser taking(Duration time) {
        return new Parser(name, longest, corpus, findings, time, refusals, feeds);
    }

    /** Adds a valid input. */
    public Parser with(byte[] input) {
        List<byte[]> more = new ArrayList<>(corpus);
        more.add(input);
        return new Parser(name, longest, more, findings, within, refusals, feeds);
    }

    /** Adds valid inputs. */
    public Parser with(String... inputs) {
        Parser more = this;
        for (String input : inputs) {
            more = more.with(input.getBytes(StandardCharsets.UTF_8));
        }
        return more;
    }

    public Parser refusing(Class<? extends Exception> refusal) {
        return new Parser(name, longest, corpus, findings, within, Set.of(refusal), feeds);
    }

    /** Adds an input that once did harm. */
    public Parser finding(String what, byte[] input) {
        Map<String, byte[]> more = new LinkedHashMap<>(findings);
        more.put(what, input);
        return new Parser(name, longest, corpus, more, within, refusals, feeds);
    }

    /** Adds a text that once did harm. */
    public Parser finding(String what, String input) {
        return finding(what, input.getBytes(StandardCharsets.UTF_8));
    }

    /** The input of a number. */
    Mutations mutations() {
        return new Mutations(corpus, longest);
    }

    @Override
    public String toString() {
        return name;
    }
}
