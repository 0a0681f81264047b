/**
 * The port to whatever sees things: {@code source.lightnvr} is the one that there is.
 *
 * <p>Imports {@code event} only.
 */
package io.lightnvr.mqtt.source;
