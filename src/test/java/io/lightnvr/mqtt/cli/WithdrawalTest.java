package io.lightnvr.mqtt.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.broker.Broker;
import io.lightnvr.mqtt.broker.BrokerSettings;
import io.lightnvr.mqtt.broker.ConnectStage;
import io.lightnvr.mqtt.broker.Limits;
import io.lightnvr.mqtt.broker.Message;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.broker.ReasonCode;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.ConfigurationReader;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.Checkpoint;
import io.lightnvr.mqtt.source.SeenRows;
import io.lightnvr.mqtt.store.AnnouncedTopic;
import io.lightnvr.mqtt.store.MemoryStore;
import io.lightnvr.mqtt.store.Store;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithdrawalTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");

    private final List<String> emptied = new ArrayList<>();
    private final Set<String> forbidden = new HashSet<>();
    private Store store;
    private Withdrawal withdrawal;

    @BeforeEach
    void storeTheStateOfAStream() throws ConfigurationException {
        Configuration configuration =
                ConfigurationReader.defaults("http://recorder").configuration();
        store = new MemoryStore(Bridge.limits(configuration), Clock.systemUTC());
        store.keepState(DOOR, "{}");
        withdrawal = new Withdrawal(configuration, WillingConnection::new, store);
    }

    @Test
    void knowsTheStreamsInTheStore() {
        assertThat(withdrawal.knows(DOOR)).isTrue();
        assertThat(withdrawal.knows(YARD)).isFalse();
        assertThat(withdrawal.streams()).containsExactly(DOOR);
    }

    @Test
    void emptiesTheRetainedTopicsOfAStreamAndForgetsIt() throws Exception {
        withdrawal.withdraw(DOOR);

        assertThat(emptied)
                .containsExactly(
                        "lightnvr/availability/front_door",
                        "lightnvr/state/front_door",
                        "lightnvr/visits/front_door/last",
                        "lightnvr/alerts/front_door",
                        "lightnvr/alerts/front_door/pause",
                        "lightnvr/control/front_door",
                        "lightnvr/image/front_door",
                        "lightnvr/snapshot/front_door");
        assertThat(withdrawal.knows(DOOR)).isFalse();
    }

    @Test
    void forgetsTheVisitsOfAStreamAndNotHowFarItWasRead() throws Exception {
        Checkpoint checkpoint = new Checkpoint("here", SeenRows.NONE);
        store.add(DOOR, List.of(), Optional.of(checkpoint), Optional.of(new byte[] {1}));
        store.add(YARD, List.of(), Optional.empty(), Optional.of(new byte[] {2}));

        withdrawal.withdraw(DOOR);

        assertThat(store.visits()).containsOnlyKeys(YARD);
        assertThat(store.checkpoint(DOOR)).contains(checkpoint);
    }

    @Test
    void emptiesTheTopicsOfAllStreamsWhetherOrNotTheyWereAnnounced() throws Exception {
        store.keepState(YARD, "{}");
        store.add(YARD, List.of(), Optional.empty(), Optional.of(new byte[] {2}));

        assertThat(withdrawal.withdrawAll()).isZero();

        assertThat(emptied)
                .contains("lightnvr/visits/front_door/last", "lightnvr/alerts/front_door")
                .contains("lightnvr/visits/yard/last", "lightnvr/alerts/yard", "lightnvr/alerts/yard/pause");
        assertThat(store.states()).isEmpty();
        assertThat(store.visits()).isEmpty();
    }

    @Test
    void removesTheDeviceOfARenamedStreamUnderItsFirstName() throws Exception {
        StreamName porch = new StreamName("porch");
        store.keepAnnounced(
                "homeassistant/device/lightnvr_mqtt_stream_front_door/config", new AnnouncedTopic("{}", ""));
        store.rename(DOOR, porch);

        assertThat(withdrawal.knows(porch)).isTrue();
        withdrawal.withdraw(porch);

        assertThat(emptied)
                .contains("homeassistant/device/lightnvr_mqtt_stream_front_door/config", "lightnvr/availability/porch")
                .noneMatch(topic -> topic.contains("stream_porch"));
    }

    @Test
    void keepsAStreamOfWhichTheBrokerRefusesAMessage() {
        forbidden.add("lightnvr/availability/front_door");

        assertThatThrownBy(() -> withdrawal.withdraw(DOOR))
                .isInstanceOf(OneShotConnection.FailedException.class)
                .hasMessage("The broker refused some messages (1, the first on lightnvr/availability/front_door: not"
                        + " authorized); everything else is removed. Check what the broker's access control allows"
                        + " this user, then run this command again");
        assertThat(emptied)
                .contains("lightnvr/state/front_door", "lightnvr/snapshot/front_door")
                .doesNotContain("lightnvr/availability/front_door");
        assertThat(withdrawal.knows(DOOR)).isTrue();
    }

    /** Accepts at once whatever is not forbidden. */
    private final class WillingConnection implements Broker.Connection {

        private final BrokerSettings settings;
        private final Broker.Listener listener;

        WillingConnection(BrokerSettings settings, Broker.Listener listener) {
            this.settings = settings;
            this.listener = listener;
            listener.connected(Limits.unlimited(), Optional.empty());
        }

        @Override
        public String address() {
            return settings.address();
        }

        @Override
        public ConnectStage stage() {
            return ConnectStage.values()[ConnectStage.values().length - 1];
        }

        @Override
        public void publish(long ticket, Message message) {
            String topic = message.topic().name();
            if (forbidden.contains(topic)) {
                listener.delivered(ticket, ReasonCode.NOT_AUTHORIZED);
            } else {
                assertThat(message.text()).isEmpty();
                emptied.add(topic);
                listener.delivered(ticket, ReasonCode.SUCCESS);
            }
        }

        @Override
        public void subscribe(String topicFilter) {
            listener.subscribed(topicFilter, ReasonCode.SUCCESS);
        }

        @Override
        public void ping() {
            listener.pong();
        }

        @Override
        public void disconnect() {}

        @Override
        public void close() {}
    }
}
