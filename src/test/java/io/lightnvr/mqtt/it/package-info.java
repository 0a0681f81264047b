/**
 * The built jar against real programs: Mosquitto and its clients, the documentation's own scripts, and the simulated
 * recorder, each test in a world of its own.
 *
 * <p>{@link io.lightnvr.mqtt.it.TestBed} starts and ends everything. Nothing sleeps: {@link io.lightnvr.mqtt.it.Arrivals}
 * waits for what programs say, {@link io.lightnvr.mqtt.it.Eventually} for what nobody tells of.
 */
package io.lightnvr.mqtt.it;
