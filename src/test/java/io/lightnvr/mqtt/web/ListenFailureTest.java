package io.lightnvr.mqtt.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class ListenFailureTest {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8099);

    @Test
    void saysWhatToDo() {
        assertThat(sentence(ADDRESS, new BindException("Address already in use")))
                .isEqualTo(
                        "The page cannot listen on 127.0.0.1:8099: Address already in use -> choose another web.port");
        assertThat(sentence(new InetSocketAddress("127.0.0.1", 80), new SocketException("Permission denied")))
                .isEqualTo("The page cannot listen on 127.0.0.1:80: Permission denied -> choose a web.port above 1023");
        assertThat(sentence(
                        new InetSocketAddress("192.0.2.1", 8099), new BindException("Cannot assign requested address")))
                .isEqualTo("The page cannot listen on 192.0.2.1:8099: Cannot assign requested address"
                        + " -> set web.bind to an address of this machine");
    }

    @Test
    void knowsANameThatIsNoAddress() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 8099);

        assertThat(sentence(nowhere, new UnresolvedAddressException()))
                .isEqualTo("The page cannot listen on nowhere.invalid:8099: the name is unknown"
                        + " -> set web.bind to an address of this machine");
    }

    @Test
    void writesAnIpv6AddressInBrackets() {
        assertThat(sentence(new InetSocketAddress("::1", 8099), new BindException("Oops")))
                .isEqualTo("The page cannot listen on [0:0:0:0:0:0:0:1]:8099: Oops");
    }

    @Test
    void namesNoOptionToThoseWhoHaveNone() {
        IOException failure = ListenFailure.of(ADDRESS, true, new BindException("Address already in use"));

        assertThat(failure).hasMessage("The page cannot listen on 127.0.0.1:8099: Address already in use");
    }

    private static String sentence(InetSocketAddress address, Exception cause) {
        return ListenFailure.of(address, false, cause).getMessage();
    }
}
