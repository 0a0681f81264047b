package io.lightnvr.mqtt.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A {@code mosquitto_sub} of MQTT 5 and QoS 2. */
public final class Subscriber {

    private final Program program;

    private Subscriber(Program program) {
        this.program = program;
    }

    /**
     * Starts it, and waits until the broker has taken its subscription.
     *
     * @param id its client id, different for each subscriber of a broker
     * @param topicFilter what it wants to hear
     * @param more arguments, such as a password
     */
    public static Subscriber start(TestBed bed, Mosquitto broker, String id, String topicFilter, String... more) {
        Subscriber subscriber = start(bed, broker.port(), id, topicFilter, more);
        broker.awaitSuback(id);
        return subscriber;
    }

    /** Starts it for a broker that does not tell when it has taken the subscription. */
    static Subscriber start(TestBed bed, int port, String id, String topicFilter, String... more) {
        List<String> command = new ArrayList<>(List.of("mosquitto_sub", "-V", "mqttv5", "-q", "2", "-i", id));
        command.addAll(List.of("-h", "localhost", "-p", Integer.toString(port), "-t", topicFilter));
        command.addAll(List.of("--retain-as-published", "-F", Heard.FORMAT));
        command.addAll(List.of(more));
        return new Subscriber(bed.program(id, Map.of(), command));
    }

    /** The first message of a kind, when it has come. */
    public Heard await(String what, Predicate<Heard> kind) {
        return Heard.of(program.output().await(what, line -> kind.test(Heard.of(line))));
    }

    /** The first message on a topic. */
    public Heard await(String topic) {
        return await("a message on " + topic, message -> message.topic().equals(topic));
    }

    /** The first message on a topic with exactly this payload. */
    public Heard await(String topic, String payload) {
        return await(
                topic + " " + payload,
                message -> message.topic().equals(topic) && message.payload().equals(payload));
    }

    /** The messages on a topic, when there are enough. */
    public List<Heard> await(String topic, int count) {
        return program
                .output()
                .await(
                        "messages on " + topic,
                        count,
                        line -> Heard.of(line).topic().equals(topic))
                .stream()
                .map(Heard::of)
                .toList();
    }

    /** What came on a topic so far. */
    public List<Heard> on(String topic) {
        return all().stream().filter(message -> message.topic().equals(topic)).toList();
    }

    /** What came so far. */
    public List<Heard> all() {
        return program.output().all().stream().map(Heard::of).toList();
    }
}
