package io.lightnvr.mqtt.status;

import java.util.Locale;

/** How bad a {@link Finding} is, in ascending order. */
public enum Severity {
    /** Nothing is wrong. */
    OK,
    /** The bridge works, but not as well as it could. */
    WARNING,
    /** The bridge cannot work. */
    FAILED;

    /** The lower-case name, as it is printed and as it stands in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
