package io.lightnvr.mqtt.delivery;

import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.ReasonCode;

/**
 * A message together with whoever waits for the broker's answer.
 *
 * @param message what is sent
 * @param answer called once with the broker's answer, unless the connection is lost before
 */
record Outgoing(Message message, Answer answer) {

    /** Takes the broker's answer to a message. */
    @FunctionalInterface
    interface Answer {

        /**
         * @param reason an acknowledgement or a refusal
         * @param now nanoseconds of a monotonic clock
         */
        void answered(ReasonCode reason, long now);
    }
}
