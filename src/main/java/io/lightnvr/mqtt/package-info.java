/**
 * The bridge from end to end, to be read from top to bottom: {@code Main} (command line),
 * {@code Bridge} (wiring), {@link io.lightnvr.mqtt.intake.Intake} (from the recorder to the outbox),
 * {@link io.lightnvr.mqtt.delivery.Delivery} (from the outbox to the broker) and {@link io.lightnvr.mqtt.delivery.CurrentState} (what is true
 * now). The packages below are their vocabulary; none of them imports this one, but {@code demo}.
 */
package io.lightnvr.mqtt;
