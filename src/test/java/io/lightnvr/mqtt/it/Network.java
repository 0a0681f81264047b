package io.lightnvr.mqtt.it;

import java.util.List;
import java.util.Map;

/** A network with nothing but a loopback, where port 1883 is free whatever runs on the machine. It needs root. */
public final class Network implements AutoCloseable {

    private static final String HOLD = "ip link set lo up && echo up && exec cat";

    private final Program holder;

    private Network(Program holder) {
        this.holder = holder;
    }

    static Network create(TestBed bed) {
        Program holder = bed.program("network", Map.of(), List.of("unshare", "--net", "sh", "-c", HOLD));
        try {
            holder.output().await("a loopback", "up"::equals);
        } catch (AssertionError e) {
            throw new AssertionError(
                    "The documentation's scripts name localhost:1883, so they run in a network of their own, which only"
                            + " root can make: run .ci/test as root. unshare says: "
                            + holder.errors().all(),
                    e);
        }
        return new Network(holder);
    }

    /** What a command begins with to run in it. */
    List<String> prefix() {
        return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net", "--");
    }

    @Override
    public void close() {
        holder.close();
    }
}
