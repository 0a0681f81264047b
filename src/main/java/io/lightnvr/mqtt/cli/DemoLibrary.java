package io.lightnvr.mqtt.cli;

import java.util.List;

/** The folder {@code demo-lib} beside the jar, which holds the demo and its broker and which an installation may leave out. */
final class DemoLibrary {

    private static final List<String> NEEDED =
            List.of("io.lightnvr.mqtt.demo.Demo", "org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl");

    private DemoLibrary() {}

    /** Whether the demo's classes and those of its broker are there; if not, none of the demo's types can be used. */
    static boolean isPresent() {
        return NEEDED.stream().allMatch(DemoLibrary::isPresent);
    }

    private static boolean isPresent(String name) {
        try {
            Class.forName(name, false, DemoLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
