/**
 * Home Assistant's Supervisor, which runs add-ons: it knows where the broker is and how to log in there.
 *
 * <p>Imports {@code broker}.
 */
package io.lightnvr.mqtt.supervisor;
