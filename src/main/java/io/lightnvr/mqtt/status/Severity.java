package io.lightnvr.mqtt.status;

import java.util.Locale;

/** What a look has come to. */
public enum Severity {
    OK,
    /** The bridge works, but not as well as it could. */
    WARNING,
    /** The bridge cannot work so. */
    FAILED;

    /** As it is printed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
