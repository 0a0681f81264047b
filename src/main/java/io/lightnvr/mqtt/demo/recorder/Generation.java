package io.lightnvr.mqtt.demo.recorder;

/** A generation of LightNVR. The second one was read in its documents and source, and not seen running. */
public enum Generation {
    /** Detections are open to everybody, and a stream is known by its name alone. */
    V0_37("0.37.2"),
    /** Detections want a login with the right for each camera, cameras have ids, and detections are published as events. */
    V0_47("0.47.3");

    private final String version;

    Generation(String version) {
        this.version = version;
    }

    /** The version in answers. */
    String version() {
        return version;
    }

    /** The generation of a version such as {@code 0.47}. */
    public static Generation of(String number) {
        for (Generation generation : values()) {
            if (generation.version.startsWith(number + ".")) {
                return generation;
            }
        }
        throw new IllegalArgumentException(number + " is not a generation; use 0.37 or 0.47");
    }
}
