package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.Bridge;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.ConfigurationException;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.store.SqliteStore;
import io.lightnvr.mqtt.store.Store;
import io.lightnvr.mqtt.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes back what a recorder without an entry has published, and deletes its files. Thread-safe, as nobody else uses these. */
final class Forgetting {

    private final ConfigurationChoice choice;

    Forgetting(ConfigurationChoice choice) {
        this.choice = choice;
    }

    /** Those that have left something. */
    List<RecorderFolders.Left> left() {
        return new RecorderFolders(choice.data()).left(choice.loaded());
    }

    /** The one with this name. */
    Optional<RecorderFolders.Left> left(String name) {
        return left().stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The recorder that publishes now where one did that has no entry any more; what that has left must not be taken back then. */
    private Optional<RecorderEntry> heir(RecorderFolders.Left left) {
        String prefix = left.options().get(RecorderFolders.TOPIC_PREFIX) + "/";
        return choice.loaded().recorders().stream()
                .filter(entry -> entry.configuration()
                        .filter(own -> (own.mqtt().topicPrefix() + "/").startsWith(prefix)
                                || prefix.startsWith(own.mqtt().topicPrefix() + "/")
                                || own.homeAssistant()
                                        .instanceId()
                                        .equals(left.options().get(RecorderFolders.INSTANCE_ID)))
                        .isPresent())
                .findFirst();
    }

    /**
     * Forgets one.
     *
     * @return the number of devices that were removed
     * @throws StoreException if its store cannot be used
     * @throws OneShotConnection.FailedException if the broker fails or refuses; then its files stay
     * @throws InUseException if its topics or ids are another recorder's now, or may be those of one whose entry has a mistake
     * @throws IOException if its files cannot be deleted; nothing of it is published any more then
     */
    int forget(RecorderFolders.Left left)
            throws StoreException, OneShotConnection.FailedException, IOException, InterruptedException {
        Optional<RecorderEntry> unclear = choice.loaded().recorders().stream()
                .filter(entry -> entry.configuration().isEmpty())
                .findFirst();
        if (unclear.isPresent()) {
            throw new InUseException(
                    "The entry of the recorder " + unclear.get().name()
                            + " has a mistake, so that its topics and ids are unknown, and those of " + left.name()
                            + " may be among them: correct it first");
        }
        Optional<RecorderEntry> heir = heir(left);
        if (heir.isPresent()) {
            throw new InUseException("The topics or ids of the recorder " + left.name() + " are those of "
                    + heir.get().name() + " now: give that other ones first, or delete the folder " + left.folder()
                    + " by hand");
        }
        Configuration configuration = configurationOf(left);
        int devices;
        try (Store store = SqliteStore.open(left.folder(), Bridge.limits(configuration), Bridge.clock())) {
            devices = Withdrawal.of(configuration, store).withdrawAll();
        }
        RecorderFolders.delete(left);
        return devices;
    }

    private Configuration configurationOf(RecorderFolders.Left left) {
        try {
            return choice.configuration().with(left.options());
        } catch (ConfigurationException e) {
            throw new IllegalStateException("The note of the recorder " + left.name() + " cannot be used", e);
        }
    }

    /** What is to be taken back belongs to another recorder, or may; the message says to which, and what to do. */
    static final class InUseException extends IOException {

        private static final long serialVersionUID = 1L;

        InUseException(String sentence) {
            super(sentence);
        }
    }

    /** The sentence about one, without what to do. */
    static String sentence(RecorderFolders.Left left) {
        return "The recorder " + left.name()
                + " has no entry any more; its devices and retained messages stay until it is forgotten";
    }

    /** What to do about one. */
    static String whatToDo(RecorderFolders.Left left) {
        return "on the page, or by: run --forget-recorder " + left.name();
    }
}
