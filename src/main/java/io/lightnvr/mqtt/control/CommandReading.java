package io.lightnvr.mqtt.control;

/** What a message on a topic of commands says: a {@link ControlCommand}, or nothing that can be understood. */
public sealed interface CommandReading permits ControlCommand, CommandReading.Unreadable {

    /** @param why what is wrong or what to use instead, as the end of a sentence */
    record Unreadable(String why) implements CommandReading {}
}
