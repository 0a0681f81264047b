/**
 * The second loop: from the outbox to the broker. {@link io.lightnvr.mqtt.delivery.Delivery} is the loop, {@link
 * io.lightnvr.mqtt.delivery.DeliveryFactory} wires it, {@link io.lightnvr.mqtt.delivery.SendingOrder} decides what is sent next:
 * events ({@link io.lightnvr.mqtt.delivery.EventSender}) and retained topics ({@link
 * io.lightnvr.mqtt.delivery.RetainedTopics}), which {@link io.lightnvr.mqtt.delivery.CurrentState} sets. All of it belongs to one
 * thread, which other threads reach by a {@link io.lightnvr.mqtt.delivery.DeliverySignal}.
 *
 * <p>Imports {@code event}, {@code broker}, {@code publish}, {@code state}, {@code discovery}, {@code store}, {@code status} and
 * {@code source}'s list of streams.
 */
package io.lightnvr.mqtt.delivery;
