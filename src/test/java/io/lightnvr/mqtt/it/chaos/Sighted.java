package io.lightnvr.mqtt.it.chaos;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;

/**
 * What the recorder shows of a detection. Two may be the same.
 *
 * @param stream its raw name
 * @param second of the detection, on the recorder's clock, in epoch seconds
 */
record Sighted(String stream, long second, SimulatedRow row) {}
