/**
 * The commands {@code run}, {@code check}, {@code publish} and {@code demo}, the choice of the configuration, the lifetime of the
 * process, and logging.
 *
 * <p>May import every package but the root.
 */
package io.lightnvr.mqtt.cli;
