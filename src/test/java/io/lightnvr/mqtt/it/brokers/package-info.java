/**
 * Brokers of other makers, each of them the real program. {@code src/test/brokers/broker} installs and runs them; nothing of them is
 * on the tests' class path.
 */
package io.lightnvr.mqtt.it.brokers;
