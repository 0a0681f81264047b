package io.lightnvr.mqtt.store;

/**
 * Why a store cannot be used as it is.
 *
 * @param sentence the cause, without a full stop
 * @param whatToDo the remedy, an imperative without a full stop
 */
public record StoreTrouble(String sentence, String whatToDo) {

    @Override
    public String toString() {
        return sentence + ": " + whatToDo;
    }
}
