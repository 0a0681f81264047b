package io.lightnvr.mqtt.source.lightnvr;

import java.time.Instant;

/**
 * When a look begins, on three clocks.
 *
 * @param recorder the recorder's clock, in epoch seconds
 * @param certain whether that is known; where not, the recorder's clock was seen to jump and this is how it would have
 *     gone on
 * @param ours our clock
 * @param nanos our monotonic clock
 */
record PollTime(long recorder, boolean certain, Instant ours, long nanos) {}
