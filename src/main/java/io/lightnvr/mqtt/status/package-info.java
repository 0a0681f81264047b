/**
 * The status of the bridge for people and for Home Assistant: counts, the last error, findings, and the JSON that shows them.
 *
 * <p>Imports no other package of the bridge.
 */
package io.lightnvr.mqtt.status;
