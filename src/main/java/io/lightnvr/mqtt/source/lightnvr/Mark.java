package io.lightnvr.mqtt.source.lightnvr;

/**
 * What is remembered of a row: its second and its fingerprint.
 *
 * @param second epoch seconds on the recorder's clock
 */
record Mark(long second, long fingerprint) {

    private static final long CROWDED = Fingerprint.of("more rows in this second than the recorder shows");

    /** Remembers that a second was found to have more rows than can be fetched. */
    static Mark crowded(long second) {
        return new Mark(second, CROWDED);
    }
}
