package io.lightnvr.mqtt.check;

/**
 * One line of a check.
 *
 * @param part what was looked at, such as {@code broker}
 * @param sentence what is so, without a full stop
 * @param whatToDo what helps; empty where nothing need be done, or where the sentence tells it
 */
record Finding(String part, Verdict verdict, String sentence, String whatToDo) {

    /** For people, without anything that could forge another line. */
    @Override
    public String toString() {
        String line = "%-8s %s: %s%s".formatted(verdict, part, sentence, whatToDo.isEmpty() ? "" : " -> " + whatToDo);
        return line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    }
}
