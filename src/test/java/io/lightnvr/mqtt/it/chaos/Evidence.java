package io.lightnvr.mqtt.it.chaos;

import java.util.List;

/**
 * What a round left behind.
 *
 * <p><b>Who is to blame for what a killed broker forgets?</b> A Mosquitto that is killed loses what it had not saved,
 * even what it had acknowledged, and brings back what a subscriber had taken already. The bridge owes a message until
 * it is acknowledged, not after that. So there is an ear that needs no memory of the broker's: the <em>tap</em> hears
 * everything at QoS 0, which Mosquitto writes to its socket before it acknowledges the message to the bridge. No
 * message passes the bridge's wire while the tap is not subscribed. Therefore the tap misses nothing that the broker
 * acknowledged, and what it hears twice the bridge sent twice. It is the measure of the bridge. The ears that the
 * broker remembers must have heard the same, but for what the broker forgot in the last seconds before it was killed.
 *
 * @param ledger what the recorder showed
 * @param tap what was said
 * @param remembered what the ears with a session heard
 * @param retained what an ear heard that came when all was over
 * @param brokerStarts how often the broker was started, at least 1
 * @param brokerKills when it was killed, in epoch milliseconds
 */
record Evidence(
        Ledger ledger,
        Hearing tap,
        List<Hearing> remembered,
        Hearing retained,
        int brokerStarts,
        List<Long> brokerKills) {

    Evidence {
        remembered = List.copyOf(remembered);
        brokerKills = List.copyOf(brokerKills);
    }
}
