/**
 * What the bridge knows of itself, for people and for Home Assistant.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.status;
