package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Version;
import picocli.CommandLine.IVersionProvider;

/** Supplies the text of {@code --version}. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"lightnvr-mqtt " + Version.current()};
    }
}
