/**
 * Announces devices to Home Assistant: one retained message per device (MQTT device discovery, Home Assistant 2024.11 and
 * later). {@link io.lightnvr.mqtt.discovery.Discovery} makes the announcements, {@link
 * io.lightnvr.mqtt.discovery.Announcements} decides what is published when. Pure: no I/O, no clock, no thread.
 *
 * <p>Names of streams stand in JSON only, never in a template. The same device gives the same bytes: keys have a fixed
 * order and nothing in a payload changes by itself, so that publishing it again changes nothing.
 *
 * <p>Imports {@code event}, {@code publish} and {@code broker}.
 */
package io.lightnvr.mqtt.discovery;
