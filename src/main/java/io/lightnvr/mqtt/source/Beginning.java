package io.lightnvr.mqtt.source;

/** Where to begin with a stream that nothing is remembered of. */
public enum Beginning {
    /** With what comes from now on: what is there already is old. */
    AT_NOW,
    /** A look-back (a minute) before now: what was remembered was lost, and this covers the time around the loss. */
    AT_LOOK_BACK
}
