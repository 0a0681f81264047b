package io.lightnvr.mqtt.config;

import java.util.List;
import java.util.function.Function;

/**
 * What the value of an option may be.
 *
 * @param judge from the value's text as the file has it; exactly one text unless the type is a list; of named texts
 *     each is {@code name: text, text}
 */
record Rule<T>(OptionType type, Function<List<String>, Validated<T>> judge) {

    static <T> Rule<T> ofOne(OptionType type, Function<String, Validated<T>> judge) {
        return new Rule<>(type, texts -> judge.apply(texts.get(0)));
    }

    boolean takesLists() {
        return type == OptionType.TEXT_LIST || takesNames();
    }

    boolean takesNames() {
        return type == OptionType.NAMED_TEXTS;
    }
}
