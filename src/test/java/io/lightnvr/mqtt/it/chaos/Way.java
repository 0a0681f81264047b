package io.lightnvr.mqtt.it.chaos;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way of a detection from the recorder to who listens.
 *
 * @param qos of the events, 1 or 2
 * @param tls whether the bridge's connection to the broker is encrypted
 * @param source how the bridge learns of what the recorder sees
 */
record Way(int qos, boolean tls, Source source) {

    /** How the bridge learns of what the recorder sees. */
    enum Source {
        /** The recorder is of the older generation, and publishes nothing. */
        READ,
        /** The recorder is of today, and publishes what it stores. */
        HEARD_AND_READ,
        /** The recorder is of today, and shows nothing to the bridge, which has no login. */
        HEARD;

        /** Whether the recorder publishes what it stores. */
        boolean publishes() {
            return this != READ;
        }

        /** Whether the bridge may ask the recorder. */
        boolean reads() {
            return this != HEARD;
        }

        /**
         * What loses events for a reason: a broker that is killed forgets what it told nobody yet, and what is said an
         * hour back, or in 1970, is too old until the recorder's clock is asked for. Only reading brings that back.
         */
        Set<Kind> cannotBear() {
            return reads()
                    ? Set.of()
                    : EnumSet.of(Kind.BROKER_KILL, Kind.CLOCK_BEHIND, Kind.CLOCK_1970, Kind.WAKES_IN_1970);
        }
    }

    /** The way of a seed, with QoS 1 and a recorder that can be read: two of three publish, and every other is encrypted. */
    static Way of(long seed) {
        return new Way(1, seed % 2 == 0, seed % 3 == 0 ? Source.READ : Source.HEARD_AND_READ);
    }

    /** All ways, or those that {@code chaos.qos}, {@code chaos.tls} and {@code chaos.source} leave. */
    static List<Way> chosen() {
        return Stream.of(Source.values())
                .flatMap(source ->
                        Stream.of(false, true).flatMap(tls -> Stream.of(1, 2).map(qos -> new Way(qos, tls, source))))
                .filter(way -> isChosen("chaos.qos", way.qos))
                .filter(way -> isChosen("chaos.tls", way.tls))
                .filter(way -> isChosen("chaos.source", way.source))
                .toList();
    }

    private static boolean isChosen(String property, Object value) {
        String text = value.toString();
        return System.getProperty(property, text).equalsIgnoreCase(text);
    }

    @Override
    public String toString() {
        String how = source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "%s, QoS %d, %s".formatted(how, qos, tls ? "TLS" : "plain");
    }
}
