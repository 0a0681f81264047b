/**
 * What Home Assistant is told about our devices: one retained message per device (MQTT device discovery, Home Assistant
 * 2024.11 and later). Pure: no I/O, no clock, no thread.
 *
 * <p>Names of streams stand in JSON only, never in a template. The same device gives the same bytes: keys have a fixed
 * order and nothing in a payload changes by itself, so that sending it again changes nothing.
 *
 * <p>Imports {@code event}, {@code publish} and {@code broker}.
 */
package io.lightnvr.mqtt.discovery;
