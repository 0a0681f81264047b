/**
 * Rounds of chaos: the built jar, a real Mosquitto and the simulated recorder as programs, and faults from a seed. At
 * the end every row that the recorder ever showed is accounted for.
 *
 * <pre>
 *  RecorderMain --Wire--> bridge --Wire--> Mosquitto --> ears: the tap, and two that the broker remembers
 *       |                                                  |
 *     ledger ------------------> Verdict <-----------------+
 * </pre>
 *
 * <p>A {@link io.lightnvr.mqtt.it.chaos.Schedule} says which faults come when, a {@link
 * io.lightnvr.mqtt.it.chaos.Round} lives through it, and a {@link io.lightnvr.mqtt.it.chaos.Verdict}, which is pure,
 * judges what is left.
 */
package io.lightnvr.mqtt.it.chaos;
