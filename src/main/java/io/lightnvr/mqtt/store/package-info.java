/**
 * Where events wait until the broker has them.
 *
 * <p>Imports {@code event} and {@code publish}.
 */
package io.lightnvr.mqtt.store;
