/**
 * The built jar beside a real Home Assistant: what a person would see, and what a person would complain about.
 *
 * <pre>
 *  recorder --> bridge --> Mosquitto --> Home Assistant (a process) --WebSocket--> HomeAssistant: states, events, registries
 *                                          |        |
 *                                         log    database
 *                                          |        |
 *                                    complaints   history
 * </pre>
 *
 * <p>{@code src/test/home-assistant/home-assistant} installs it, makes the folder that every test begins with, and runs
 * it; {@code .ci/test} calls that script.
 */
package io.lightnvr.mqtt.it.ha;
