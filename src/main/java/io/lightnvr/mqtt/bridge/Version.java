package io.lightnvr.mqtt.bridge;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells. */
public final class Version implements IVersionProvider {

    /** Such as {@code 0.1.0}, or {@code development} outside of a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"lightnvr-mqtt " + current()};
    }
}
