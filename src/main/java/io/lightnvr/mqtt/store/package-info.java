/**
 * Keeps events until the broker has them, and what must survive a restart. {@link io.lightnvr.mqtt.store.Store} is the port;
 * {@link io.lightnvr.mqtt.store.Ledger} decides, {@link io.lightnvr.mqtt.store.SqliteStore} writes.
 *
 * <p>Imports {@code event}, {@code publish} and {@code source} (its checkpoints).
 */
package io.lightnvr.mqtt.store;
