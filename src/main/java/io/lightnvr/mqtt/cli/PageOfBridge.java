package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.bridge.Version;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.delivery.WallTime;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.publish.TestEvent;
import io.lightnvr.mqtt.source.SourceException;
import io.lightnvr.mqtt.store.Backlog;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.web.Page;
import io.lightnvr.mqtt.web.PageBackend;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does what the page asks of the bridge of one recorder, with what the commands have. Thread-safe. */
final class PageOfBridge implements PageBackend {

    /** The folder of the page's history, in that of the bridge's files. */
    static final String HISTORY = "page";

    private static final float CONFIDENCE = 0.9f;

    private final RunningRecorder recorder;
    private final Configuration configuration;
    private final Bridge bridge;
    private final Store store;
    private final WallTime wall;
    private final SeenNames names;
    private final Instant started;

    PageOfBridge(RunningRecorder recorder) {
        this.recorder = recorder;
        this.configuration = recorder.configuration();
        this.bridge = recorder.bridge();
        this.store = recorder.store();
        this.wall = new WallTime(recorder.clock(), Clock.systemUTC());
        this.started = recorder.clock().instant();
        this.names = new SeenNames(bridge.live());
    }

    /**
     * What the page shows of it.
     *
     * @param name where there are several
     */
    Page.Recorder shown(Optional<String> name) {
        return new Page.Recorder(
                name, bridge.live(), bridge.board(), recorder.folder().resolve(HISTORY), this);
    }

    @Override
    public About about() {
        return new About(
                Version.current(),
                configuration.homeAssistant().instanceId(),
                configuration.mqtt().topicPrefix(),
                wall(started),
                EventSummary.types(ConfigurationMapping.groups(configuration.homeAssistant())));
    }

    @Override
    public synchronized Instant wall(Instant instant) {
        return wall.of(instant);
    }

    /** The store's clock does not follow a wall clock that is set, so that its ages count, and not its times. */
    @Override
    public Waiting waiting() {
        Backlog backlog = store.backlog();
        return new Waiting(
                backlog.waiting(),
                backlog.oldest().map(this::wall),
                backlog.dropped() + bridge.counts().givenUp());
    }

    @Override
    public boolean isWorking() {
        return bridge.isWorking();
    }

    @Override
    public String spelled(String sentence) {
        return recorder.entry().spelled(sentence);
    }

    @Override
    public Optional<byte[]> picture(StreamName stream) throws ActionException, InterruptedException {
        try {
            return bridge.picture(stream);
        } catch (SourceException e) {
            throw new ActionException(
                    e.isRefusal() ? "The recorder refuses pictures to the bridge's login" : e.getMessage());
        }
    }

    @Override
    public String testEvent(StreamName stream, String label) throws ActionException, InterruptedException {
        List<String> topics = new ArrayList<>();
        try {
            TestEvents.publish(
                    new TestEvent(stream, label, CONFIDENCE, ""),
                    configuration,
                    message -> topics.add(message.topic().name()));
        } catch (OneShotConnection.FailedException e) {
            throw new ActionException(e.getMessage());
        }
        return "The broker has accepted the test event on " + String.join(" and ", topics);
    }

    @Override
    public void announceAgain() {
        bridge.announceAgain();
    }

    @Override
    public void forget(StreamName stream) {
        bridge.forget(stream);
    }

    /** Has all names replaced that tell of people and places. */
    void hideNames(Pseudonyms pseudonyms) {
        names.streams().forEach(stream -> hide(pseudonyms, stream));
        bridge.board().detections().keySet().forEach(detected -> hide(pseudonyms, detected.stream()));
        configuration.detections().streams().forEach(name -> hide(pseudonyms, new StreamName(name)));
        configuration.detections().ignoreStreams().forEach(name -> hide(pseudonyms, new StreamName(name)));
        names.zones().forEach(zone -> pseudonyms.hide("zone", zone.name(), zone.displayName(), zone.id()));
        Configuration.Mqtt mqtt = configuration.mqtt();
        mqtt.username().ifPresent(user -> pseudonyms.hide("user", user));
        mqtt.brokerHost().ifPresent(host -> pseudonyms.hide("broker", host));
        pseudonyms.hide("client", mqtt.clientId());
        pseudonyms.hide("prefix", mqtt.topicPrefix());
        pseudonyms.hide("instance", configuration.homeAssistant().instanceId());
        configuration.nvr().ifPresent(nvr -> {
            nvr.username().ifPresent(user -> pseudonyms.hide("user", user));
            pseudonyms.hide("recorder", nvr.url().getHost());
            nvr.publicUrl().map(URI::getHost).ifPresent(host -> pseudonyms.hide("recorder", host));
            nvr.eventsBroker()
                    .map(url -> URI.create(url.value()).getHost())
                    .ifPresent(host -> pseudonyms.hide("broker", host));
        });
    }

    /** In all the ways in which its name is written. */
    private static void hide(Pseudonyms pseudonyms, StreamName stream) {
        pseudonyms.hide("stream", stream.raw(), stream.displayName(), stream.toString(), stream.slug(), stream.key());
    }
}
