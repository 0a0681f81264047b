package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.demo.EmbeddedBroker;

/** The folder {@code demo-lib} beside the jar, which holds the demo's broker and which an installation may leave out. */
public final class DemoLibrary {

    private static final String BROKER_CLASS = "org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl";

    private DemoLibrary() {}

    /** Whether the broker's classes are there; where they are not, {@link EmbeddedBroker} cannot be touched. */
    public static boolean isPresent() {
        try {
            Class.forName(BROKER_CLASS, false, DemoLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
