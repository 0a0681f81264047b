package io.lightnvr.mqtt.bridge;

/** The version of the program, from the manifest of the jar. */
public final class Version {

    private Version() {}

    /** A version such as {@code 0.1.0}, or {@code development} outside a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
