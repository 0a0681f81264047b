package io.lightnvr.mqtt.broker.paho;

import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.Qos;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.broker.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.TimerPingSender;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * One Paho client, from its attempt to connect to its end. {@link #publish}, {@link #subscribe} and {@link #disconnect}
 * are for one thread, since Paho's table of topic aliases is not thread-safe. The callbacks run on Paho's threads and only
 * pass on what they get, because an exception or a wait in them ends the connection.
 */
final class PahoConnection implements Broker.Connection, MqttCallback {

    private static final String SERVER = BrokerSocketFactory.SCHEME + "://broker";
    private static final String WILDCARD = ".*[+#].*";
    private static final String UNUSED_TOPIC = "lightnvr-mqtt/ping";
    /** MQTT 5, 3.8.3.1. */
    private static final int NO_RETAINED = 2;

    /** More than the messages that a broker sends ahead in a session of ours, each with an identifier. */
    private static final int SUBSCRIBE_TRIES = 200;

    private static final long DISCONNECT_MILLIS = 1_000;

    private final BrokerSettings settings;
    private final Broker.Listener listener;
    private final BrokerSocket socket;
    /** Paho by itself pings by {@link java.util.Timer}, which stands still while the wall clock is set back. */
    private final ScheduledThreadPoolExecutor pings = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "broker-ping");
        thread.setDaemon(true);
        return thread;
    });

    private MqttAsyncClient client;
    private volatile boolean wildcards = true;
    private Optional<MqttSubscription> lastSubscription = Optional.empty();

    PahoConnection(BrokerSettings settings, Broker.Listener listener, Optional<SSLSocketFactory> tls) {
        this.settings = settings;
        this.listener = listener;
        this.socket = new BrokerSocket(settings, tls);
    }

    void start() {
        try {
            client = new MqttAsyncClient(
                    SERVER, settings.clientId(), new MemoryPersistence(), new TimerPingSender(pings), null);
            client.setCallback(this);
            client.setManualAcks(settings.session().isPresent());
            client.connect(PahoOptions.of(settings, socket), null, result(this::connected, this::failed));
        } catch (MqttException e) {
            failed(e);
        }
    }

    private void connected(IMqttToken token) {
        wildcards = PahoOptions.takesWildcards(token.getResponseProperties());
        Limits limits = PahoOptions.limits(token.getResponseProperties());
        limits.keepAlive()
                .filter(wanted -> settings.keepAlive().isZero() || wanted.compareTo(settings.keepAlive()) < 0)
                .ifPresent(this::keepAlive);
        listener.connected(limits, socket.certificate());
    }

    /** Paho goes by its own keep-alive alone, and the broker would end the connection (MQTT 5, 3.2.2.3.14). */
    private void keepAlive(Duration wanted) {
        long half = wanted.toMillis() / 2;
        pings.scheduleWithFixedDelay(() -> guarded(() -> unsubscribe(() -> {})), half, half, TimeUnit.MILLISECONDS);
    }

    private void failed(Throwable cause) {
        listener.failed(Failures.ofConnect(settings, socket, cause));
    }

    @Override
    public String address() {
        return settings.address();
    }

    @Override
    public ConnectStage stage() {
        return socket.stage();
    }

    @Override
    public void publish(long ticket, Message message) {
        try {
            client.publish(
                    message.topic().name(),
                    PahoOptions.message(message),
                    null,
                    // A failure here is always the end of the connection, which disconnected() reports.
                    result(token -> listener.delivered(ticket, reason(token)), cause -> {}));
            socket.messageQueued();
        } catch (MqttException e) {
            lost(e);
        }
    }

    @Override
    public void subscribe(String topicFilter) {
        subscribe(new MqttSubscription(topicFilter, Qos.AT_LEAST_ONCE.level()));
    }

    @Override
    public void subscribeToNew(String topicFilter) {
        MqttSubscription subscription = new MqttSubscription(topicFilter, Qos.AT_LEAST_ONCE.level());
        subscription.setRetainHandling(NO_RETAINED);
        subscribe(subscription);
    }

    @Override
    public void subscribeAsPublished(String topicFilter) {
        MqttSubscription subscription = new MqttSubscription(topicFilter, Qos.AT_LEAST_ONCE.level());
        subscription.setRetainAsPublished(true);
        subscribe(subscription);
    }

    @Override
    public void subscribeToOthers(String topicFilter) {
        MqttSubscription subscription = new MqttSubscription(topicFilter, Qos.AT_MOST_ONCE.level());
        subscription.setNoLocal(true);
        subscription.setRetainHandling(NO_RETAINED);
        subscribe(subscription);
    }

    private void subscribe(MqttSubscription subscription) {
        if (isTaken(subscription)) {
            lastSubscription = Optional.of(subscription);
        }
        subscribe(subscription, SUBSCRIBE_TRIES);
    }

    private void subscribe(MqttSubscription subscription, int tries) {
        ask(subscription, reason -> subscribed(subscription, reason, tries - 1));
    }

    /** Whether the broker takes a subscription of this form. */
    private boolean isTaken(MqttSubscription subscription) {
        return wildcards || !subscription.getTopic().matches(WILDCARD);
    }

    /** Answers itself for a broker without wildcards: Paho would throw what passes for a bug of ours. */
    private void ask(MqttSubscription subscription, Consumer<ReasonCode> answer) {
        if (!isTaken(subscription)) {
            answer.accept(ReasonCode.NO_WILDCARDS);
            return;
        }
        try {
            client.subscribe(
                    new MqttSubscription[] {subscription},
                    null,
                    result(token -> answer.accept(reason(token)), cause -> {}),
                    new MqttProperties());
        } catch (MqttException e) {
            lost(e);
        }
    }

    /** mochi-mqtt refuses an identifier that it uses itself for a message on its way to us: Paho takes the next one. */
    private void subscribed(MqttSubscription subscription, ReasonCode reason, int triesLeft) {
        if (reason.equals(ReasonCode.PACKET_ID_IN_USE) && triesLeft > 0) {
            subscribe(subscription, triesLeft);
        } else {
            listener.subscribed(subscription.getTopic(), reason);
        }
    }

    /**
     * Makes the last subscription once more, which changes nothing, since Paho sends a PINGREQ only when its keep-alive wants one.
     * Without a subscription it ends one that there is not: rumqttd does not answer that.
     */
    @Override
    public void ping() {
        lastSubscription.ifPresentOrElse(
                subscription -> ask(withoutRetained(subscription), reason -> listener.pong()),
                () -> unsubscribe(listener::pong));
    }

    private static MqttSubscription withoutRetained(MqttSubscription subscription) {
        MqttSubscription again = new MqttSubscription(subscription.getTopic(), subscription.getQos());
        again.setNoLocal(subscription.isNoLocal());
        again.setRetainHandling(NO_RETAINED);
        return again;
    }

    /** Ends a subscription that there is not. */
    private void unsubscribe(Runnable answered) {
        try {
            client.unsubscribe(
                    new String[] {UNUSED_TOPIC},
                    null,
                    result(token -> answered.run(), cause -> {}),
                    new MqttProperties());
        } catch (MqttException e) {
            lost(e);
        }
    }

    /** The broker's answer, which may be a refusal: Paho calls onSuccess for these as well. */
    private static ReasonCode reason(IMqttToken token) {
        int[] codes = token.getReasonCodes();
        return codes == null || codes.length == 0 ? ReasonCode.SUCCESS : new ReasonCode(codes[0]);
    }

    @Override
    public void disconnect() {
        try {
            client.disconnect(0).waitForCompletion(DISCONNECT_MILLIS);
        } catch (MqttException e) {
            // The broker publishes the will instead.
        }
    }

    /** Closes the socket; Paho then takes up to a second to end, in steps of 100 ms, for which a new thread waits. */
    @Override
    public void close() {
        socket.stop();
        Thread end = new Thread(() -> guarded(this::endClient), "broker-close");
        end.setDaemon(true);
        end.start();
    }

    private void endClient() {
        pings.shutdownNow();
        try {
            socket.awaitEndable();
            client.disconnectForcibly(0, 1, false);
            client.close(true);
        } catch (MqttException e) {
            // The socket is closed, and nothing else is worth keeping.
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        guarded(() -> ended(response));
    }

    private void ended(MqttDisconnectResponse response) {
        MqttException cause = response.getException();
        if (cause != null) {
            lost(cause);
        } else {
            ReasonCode reason = new ReasonCode(response.getReturnCode());
            listener.lost(reason, "The broker ended the connection" + (reason.isRefusal() ? ": " + reason : ""));
        }
    }

    private void lost(MqttException cause) {
        listener.lost(Failures.reasonOf(cause), Failures.ofConnection(settings, cause));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        guarded(() -> received(topic, message));
    }

    private void received(String name, MqttMessage message) {
        Topic topic;
        try {
            topic = new Topic(name);
        } catch (IllegalArgumentException e) {
            return; // the broker breaks the protocol
        }
        if (settings.session().isPresent()) {
            Broker.Receipt receipt = new Broker.Receipt(message.getId(), message.getQos());
            listener.received(topic, message.getPayload(), message.isRetained(), receipt);
        } else {
            listener.received(topic, message.getPayload(), message.isRetained());
        }
    }

    @Override
    public void acknowledge(Broker.Receipt receipt) {
        try {
            client.messageArrivedComplete(receipt.packetId(), receipt.qos());
        } catch (MqttException e) {
            lost(e);
        }
    }

    @Override
    public void mqttErrorOccurred(MqttException cause) {
        // disconnected() reports it again.
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // The listener of each message reports it.
    }

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {
        // The listener of connect() reports it.
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // Extended authentication is not used.
    }

    /** What to do with the outcome of a call to Paho. */
    private MqttActionListener result(Consumer<IMqttToken> success, Consumer<Throwable> failure) {
        return new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                guarded(() -> success.accept(token));
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                guarded(() -> failure.accept(cause));
            }
        };
    }

    /** Does work on one of Paho's threads, which would swallow an exception or end the connection for it. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            listener.bug(e);
        }
    }
}
