/**
 * Home Assistant's Supervisor, which runs add-ons and names the broker: its host, port and login.
 *
 * <p>Imports {@code broker}.
 */
package io.lightnvr.mqtt.supervisor;
