/**
 * The commands: {@code run}, {@code check}, {@code publish} and {@code demo}, the choice of the configuration, and the life of the
 * process. Imports every package but the root.
 */
package io.lightnvr.mqtt.cli;
