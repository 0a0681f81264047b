package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectFailure;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.ServerCertificate;
import io.lightnvr.mqtt.broker.Topic;
import io.lightnvr.mqtt.broker.Will;
import io.lightnvr.mqtt.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the recorder publishes over MQTT: each stored frame as an event (0.47) and on the old topic, to a real broker. Events wait
 * while the broker is away, and are given up when they are an hour old. Thread-safe; all work is done on one thread.
 */
public final class SimulatedEvents implements AutoCloseable {

    private static final String SOURCE = "urn:lightnvr:11111111-1111-4111-8111-111111111111";
    private static final String STATUS = "/v1/status/11111111-1111-4111-8111-111111111111";
    private static final String DETECTION = "io.lightnvr.detection.object.v1";
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final long RECONNECT_MILLIS = 200;
    private static final int AT_ONCE = 10;

    private final Broker broker;
    private final BrokerSettings settings;
    private final String prefix;
    private final SimulatedRecorder recorder;
    private final Generation generation;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "simulated events"));
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private final Deque<Outgoing> inFlight = new ArrayDeque<>();
    private final List<Said> said = new ArrayList<>();
    private volatile Predicate<Said> route = any -> true;
    private volatile Optional<Duration> oldTopicAfter = Optional.empty();
    private Optional<Broker.Connection> connection = Optional.empty();
    private boolean isConnected;
    private long attempt;
    private long ticket;
    private boolean isClosed;

    /** An event of detections that the recorder has published, or will. */
    public record Said(String id, StreamName stream, long second, List<SimulatedRow> rows) {

        public Said {
            rows = List.copyOf(rows);
        }
    }

    private record Outgoing(Message message, Instant made) {}

    private SimulatedEvents(SimulatedRecorder recorder, Broker broker, BrokerSettings settings, String prefix) {
        this.recorder = recorder;
        this.broker = broker;
        this.prefix = prefix;
        this.generation = recorder.generation();
        this.settings = settings;
    }

    /**
     * Lets a recorder publish from now on.
     *
     * @param settings of the connection, without a will
     * @param prefix the start of the topics
     */
    public static SimulatedEvents start(
            SimulatedRecorder recorder, Broker broker, BrokerSettings settings, String prefix) {
        Will will = new Will(new Topic(prefix + STATUS), "offline");
        BrokerSettings willing = new BrokerSettings(
                settings.host(),
                settings.port(),
                settings.clientId(),
                settings.credentials(),
                settings.keepAlive(),
                settings.tls(),
                Optional.of(will));
        SimulatedEvents events = new SimulatedEvents(recorder, broker, willing, prefix);
        recorder.rows().addFrameListener(events::stored);
        events.run(events::connect);
        return events;
    }

    /** Events are published only if this accepts them, as a route with a filter does; the rows are stored all the same. */
    public void setRoute(Predicate<Said> accepted) {
        route = accepted;
    }

    /** Publishes on the old topic, too, this long after the row: as long as a picture takes. */
    public void setOldTopic(Duration after) {
        oldTopicAfter = Optional.of(after);
    }

    /** The events of detections so far, in their order; those that no route let through are not among them. */
    public List<Said> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /** Publishes an event again, with the same id, as after an acknowledgement that was lost. */
    public void sayAgain(Said event) {
        run(() -> enqueue(event));
    }

    /**
     * Publishes an event of another type.
     *
     * @param type such as {@code camera.offline}
     * @param subject such as {@code system/storage}
     * @param dataJson its data
     */
    public void say(String type, String subject, String dataJson) {
        String id = UUID.randomUUID().toString();
        String full = "io.lightnvr." + type + ".v1";
        JsonText json = envelope(id, full, subject, recorder.clock().second())
                .name("data")
                .raw(dataJson)
                .endObject();
        String last = subject.substring(subject.lastIndexOf('/') + 1);
        run(() -> enqueue(new Topic(prefix + "/v1/events/" + full + "/" + last), json.bytes()));
    }

    /** Tells that a camera is offline, or has recovered. */
    public void sayCamera(StreamName stream, boolean online) {
        JsonText data =
                new JsonText().beginObject().field("stream_name", stream.raw()).endObject();
        say(online ? "camera.recovered" : "camera.offline", subject(stream), data.toString());
    }

    /** Publishes anything on the topic of the events. */
    public void sayGarbage(byte[] payload) {
        run(() -> enqueue(new Topic(prefix + "/v1/events/" + DETECTION + "/garbage"), payload));
    }

    private void stored(StreamName stream, long second, List<SimulatedRow> rows) {
        if (generation == Generation.V0_47) {
            Said event = new Said(UUID.randomUUID().toString(), stream, second, rows);
            if (route.test(event)) {
                synchronized (said) {
                    said.add(event);
                }
                run(() -> enqueue(event));
            }
        }
        oldTopicAfter.ifPresent(after -> thread.schedule(
                () -> enqueue(new Topic(prefix + "/detections/" + stream.slug()), old(stream, second, rows)),
                after.toNanos(),
                TimeUnit.NANOSECONDS));
    }

    private void enqueue(Said event) {
        JsonText json = envelope(event.id(), DETECTION, subject(event.stream()), event.second())
                .name("data")
                .beginObject()
                .field("stream_name", event.stream().raw())
                .field("count", event.rows().size());
        write(json, event.rows(), true);
        json.endObject().endObject();
        String uuid = recorder.streams().uuid(event.stream());
        enqueue(new Topic(prefix + "/v1/events/" + DETECTION + "/" + uuid), json.bytes());
    }

    private static JsonText envelope(String id, String type, String subject, long second) {
        return new JsonText()
                .beginObject()
                .field("specversion", "1.0")
                .field("id", id)
                .field("type", type)
                .field("source", SOURCE)
                .field("subject", subject)
                .field("time", Instant.ofEpochSecond(second).toString())
                .field("datacontenttype", "application/json")
                .field("severity", "info")
                .field("sensitivity", "operational");
    }

    private static byte[] old(StreamName stream, long second, List<SimulatedRow> rows) {
        JsonText json = new JsonText()
                .beginObject()
                .field("stream", stream.raw())
                .field("timestamp", second)
                .field("count", rows.size());
        write(json, rows, false);
        return json.endObject().bytes();
    }

    /** An event leaves out a box without an area; the old form does not. */
    private static void write(JsonText json, List<SimulatedRow> rows, boolean isEvent) {
        json.name("detections").beginArray();
        for (SimulatedRow row : rows) {
            json.beginObject().name("label").value(row.labelBytes()).field("confidence", row.confidence());
            if (!isEvent || row.width() != 0 && row.height() != 0) {
                json.field("x", row.x())
                        .field("y", row.y())
                        .field("width", row.width())
                        .field("height", row.height());
            }
            if (row.trackId() >= 0) {
                json.field("track_id", row.trackId());
            }
            if (!row.zoneId().isEmpty()) {
                json.field("zone_id", row.zoneId());
            }
            json.endObject();
        }
        json.endArray();
    }

    private String subject(StreamName stream) {
        return "camera/" + recorder.streams().uuid(stream);
    }

    private void enqueue(Topic topic, byte[] payload) {
        Message message = Message.json(topic, payload, Qos.AT_LEAST_ONCE, false, Map.of(), Optional.empty());
        waiting.add(new Outgoing(message, Instant.now()));
        send();
    }

    private void send() {
        waiting.removeIf(old -> old.made().isBefore(Instant.now().minus(LIFETIME)));
        while (isConnected && inFlight.size() < AT_ONCE && !waiting.isEmpty()) {
            Outgoing next = waiting.remove();
            inFlight.add(next);
            connection.ifPresent(open -> open.publish(++ticket, next.message()));
        }
    }

    private void connect() {
        if (!isClosed) {
            connection = Optional.of(broker.open(settings, new Ear(++attempt)));
        }
    }

    private void connected() {
        isConnected = true;
        connection.ifPresent(open -> {
            byte[] online = "online".getBytes(StandardCharsets.UTF_8);
            open.publish(0, Message.retained(new Topic(prefix + STATUS), online));
        });
        send();
    }

    /** What was not acknowledged is sent again, before what waits. */
    private void lost() {
        attempt++;
        isConnected = false;
        connection.ifPresent(Broker.Connection::close);
        connection = Optional.empty();
        while (!inFlight.isEmpty()) {
            waiting.addFirst(inFlight.removeLast());
        }
        if (!isClosed) {
            thread.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void run(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void close() {
        run(() -> {
            isClosed = true;
            connection.ifPresent(Broker.Connection::close);
            connection = Optional.empty();
            thread.shutdownNow();
        });
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private final class Ear implements Broker.Listener {

        private final long mine;

        Ear(long mine) {
            this.mine = mine;
        }

        private void ifCurrent(Runnable task) {
            run(() -> {
                if (mine == attempt) {
                    task.run();
                }
            });
        }

        @Override
        public void connected(Limits limits, Optional<ServerCertificate> certificate) {
            ifCurrent(SimulatedEvents.this::connected);
        }

        @Override
        public void failed(ConnectFailure failure) {
            ifCurrent(SimulatedEvents.this::lost);
        }

        @Override
        public void delivered(long number, ReasonCode reason) {
            ifCurrent(() -> {
                if (number > 0) {
                    inFlight.poll();
                }
                send();
            });
        }

        @Override
        public void lost(ReasonCode reason, String sentence) {
            ifCurrent(SimulatedEvents.this::lost);
        }

        @Override
        public void bug(Throwable fault) {
            throw new AssertionError(fault);
        }
    }
}
