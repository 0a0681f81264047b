package io.lightnvr.mqtt.control;

import java.util.Arrays;
import java.util.Optional;

/** Something of a stream that the recorder can be told to do. */
public enum Control {
    /** Whether the recorder looks for objects. A change restarts the stream. */
    DETECTION("detection", "Detection"),
    /** Whether the recorder records always. */
    RECORDING("recording", "Recording"),
    /** Whether the recorder shows and records nothing. */
    PRIVACY("privacy", "Privacy"),
    /** A recording that somebody begins and ends. */
    MANUAL_RECORDING("manual_recording", "Manual recording"),
    /** A detection from outside. */
    TRIGGER("trigger", "Trigger"),
    /** A place to which the camera turns. */
    PTZ_PRESET("ptz_preset", "PTZ preset"),
    /** The place from which the camera usually looks. */
    PTZ_HOME("ptz_home", "PTZ home");

    private final String word;
    private final String title;

    Control(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** Its spelling in topics and JSON. */
    public String word() {
        return word;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Whether it is on or off. */
    public boolean isSwitch() {
        return compareTo(MANUAL_RECORDING) <= 0;
    }

    /** The control of a word. */
    public static Optional<Control> of(String word) {
        return Arrays.stream(values())
                .filter(control -> control.word.equals(word))
                .findFirst();
    }
}
