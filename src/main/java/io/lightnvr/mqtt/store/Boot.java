package io.lightnvr.mqtt.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The boot of the machine that goes on now. Source: random(4) of Linux. */
final class Boot {

    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /** Names the boot; empty where the system does not tell. */
    static String id() {
        try {
            return Files.readString(ID).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
