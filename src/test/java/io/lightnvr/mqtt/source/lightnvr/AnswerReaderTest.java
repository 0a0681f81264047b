package io.lightnvr.mqtt.source.lightnvr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static final int MOST = 100;

    @Test
    void readsOneAnswerAfterTheOther() throws Exception {
        AnswerReader answers =
                reader("HTTP/1.1 200 OK\nContent-Length: 3\n\nabcHTTP/1.1 404 Not Found\nCONTENT-length:0\n\n");

        assertThat(answers.hasBegun()).isFalse();
        HttpAnswer first = answers.read(MOST);
        assertThat(answers.hasBegun()).isTrue();
        HttpAnswer second = answers.read(MOST);

        assertThat(first.status()).isEqualTo(200);
        assertThat(text(first)).isEqualTo("abc");
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.body()).isEmpty();
        assertThat(second.isLast()).isFalse();
    }

    @Test
    void readsARealAnswerByteByByte() throws Exception {
        byte[] captured = Captured.bytes("results-front_door-default");

        HttpAnswer answer = new AnswerReader(dripping(captured)).read(captured.length);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isLast()).isFalse();
        assertThat(answer.body())
                .isEqualTo(Captured.answer("results-front_door-default").body());
    }

    @Test
    void readsABodyInChunks() throws Exception {
        String chunks = "3\nabc\n00A; name=\"value\"\n0123456789\n1 \nx\n0\nTrailer: a\n\n";

        HttpAnswer answer = read("HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n" + chunks);

        assertThat(text(answer)).isEqualTo("abc0123456789x");
        assertThat(answer.isLast()).isFalse();
    }

    @Test
    void readsABodyThatEndsWithTheConnection() throws Exception {
        HttpAnswer answer = read("HTTP/1.1 200 OK\n\n" + "x".repeat(MOST));

        assertThat(text(answer)).isEqualTo("x".repeat(MOST));
        assertThat(answer.isLast()).isTrue();
    }

    @Test
    void readsNoBodyWhereNoneMayBe() throws Exception {
        assertThat(read("HTTP/1.1 204 No Content\n\n").body()).isEmpty();
        assertThat(read("HTTP/1.1 204 No Content\n\n").isLast()).isFalse();
        assertThat(read("HTTP/1.1 304 Not Modified\nContent-Length: 7\n\n").body())
                .isEmpty();
    }

    @Test
    void skipsEarlyAnswers() throws Exception {
        String early = "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: </a>\nContent-Length: 9\n\n";

        assertThat(text(read(early + "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}")))
                .isEqualTo("{}");
    }

    @Test
    void knowsWhenAConnectionTakesNoOtherRequest() throws Exception {
        assertThat(read("HTTP/1.0 200 OK\nContent-Length: 1\nConnection: keep-alive\n\nx")
                        .isLast())
                .isTrue();
        assertThat(read("HTTP/1.1 200 OK\nContent-Length: 1\nConnection: a, CLOSE\n\nx")
                        .isLast())
                .isTrue();
        assertThat(read("HTTP/1.1 200 OK\nContent-Length: 1\n\nxand more").isLast())
                .isTrue();
        assertThat(read("HTTP/1.1 200 OK\nContent-Length: 1\nConnection: keep-alive\n\nx")
                        .isLast())
                .isFalse();
    }

    @Test
    void readsTheHeadersThatMatter() throws Exception {
        HttpAnswer answer =
                read("HTTP/1.1 302\nLocation:  /login\u00e4\t\nLocation: /other\nSet-Cookie: a=1\nset-cookie:b=2\n"
                        + "Empty:\nContent-Length: 00\n\n");

        assertThat(answer.location()).hasValue("/login\u00c3\u00a4");
        assertThat(answer.cookies()).containsExactly("a=1", "b=2");
    }

    @Test
    void takesTheSameLengthTwiceAndLinesThatEndInLineFeeds() throws Exception {
        byte[] answer = "HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 2\n\n{}".getBytes(StandardCharsets.UTF_8);

        assertThat(text(new AnswerReader(new ByteArrayInputStream(answer)).read(MOST)))
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\n\n",
                "\n\n",
                "HTTP/2.0 200 OK\n\n",
                "HTTP/1.1 20 OK\n\n",
                "HTTP/1.1 2000 OK\n\n",
                "HTTP/1.1 099 OK\n\n",
                "HTTP/1.1  200 OK\n\n",
                "http/1.1 200 OK\n\n",
                "HTTP/1.1 101 Switching Protocols\nUpgrade: x\n\n",
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2\n\nxx",
                "HTTP/1.1 200 OK\nContent-Length: 1, 1\n\nx",
                "HTTP/1.1 200 OK\nContent-Length: -1\n\nx",
                "HTTP/1.1 200 OK\nContent-Length: +1\n\nx",
                "HTTP/1.1 200 OK\nContent-Length: 0x1\n\nx",
                "HTTP/1.1 200 OK\nContent-Length:\n\nx",
                "HTTP/1.1 200 OK\nContent-Length : 1\n\nx",
                "HTTP/1.1 200 OK\nContent-Length: 1\n 0\n\nx",
                "HTTP/1.1 200 OK\n: 1\n\nx",
                "HTTP/1.1 200 OK\nno header\n\nx",
                "HTTP/1.1 200 OK\nX: a\u0000b\n\nx",
                "HTTP/1.1 200 OK\nX\u00e4: a\n\nx",
                "HTTP/1.1 200 OK\nX: a\rContent-Length: 1\n\nx",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Length: 1\n\n1\nx\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked\n\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: identity\n\nx",
                "HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nx\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n-1\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1x\na\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nab\n0\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n\n\n"
            })
    void refusesWhatIsNoAnswerOrHasTwoMeanings(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(BrokenAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\n",
                "HTTP/1.1 200 OK\nContent-Len",
                "HTTP/1.1 200 OK\nContent-Length: 3\n\nab",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nab",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n",
                "HTTP/1.1 100 Continue\n\n"
            })
    void tellsThatAnAnswerBreaksOff(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 101\n\n",
                "Content-Length: 9223372036854775807\n\n",
                "Content-Length: 99999999999999999999999999999999\n\n",
                "Transfer-Encoding: chunked\n\n65\n",
                "Transfer-Encoding: chunked\n\nffffffffffffffffffffffff\n",
                "Transfer-Encoding: chunked\n\n1\nx\n64\n"
            })
    void doesNotReadABodyThatIsTooLong(String rest) {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n" + rest))
                .isInstanceOfSatisfying(
                        TooLongException.class, e -> assertThat(e.maxBytes()).isEqualTo(MOST));
    }

    @Test
    void stopsReadingABodyWithoutALengthThatIsTooLong() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n\n" + "x".repeat(MOST + 1)))
                .isInstanceOf(TooLongException.class);
    }

    @Test
    void readsLongHeadersUpToALimit() throws Exception {
        String cookie = "Set-Cookie: session=" + "x".repeat(100_000) + "\nContent-Length: 0\n\n";

        AnswerReader answers = reader("HTTP/1.1 200 OK\n" + cookie + "HTTP/1.1 200 OK\n" + cookie);

        assertThat(answers.read(MOST).cookies()).singleElement().asString().hasSize(100_008);
        assertThat(answers.read(MOST).cookies()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nX: %s",
                "HTTP/1.1 200 OK\n%s",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1;%s",
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n%s"
            })
    void stopsReadingAHeadWithoutAnEnd(String start) {
        String line = "X-Header: " + "x".repeat(1_000) + (start.endsWith("\n%s") ? "\n" : "");

        assertThatThrownBy(() -> read(start.formatted(line.repeat(200)))).isInstanceOf(BrokenAnswerException.class);
    }

    @Test
    void stopsReadingEarlyAnswersWithoutAnEnd() {
        assertThatThrownBy(() -> read("HTTP/1.1 103 Early Hints\n\n".repeat(10_000)))
                .isInstanceOf(BrokenAnswerException.class);
    }

    private static HttpAnswer read(String answer) throws IOException {
        return reader(answer).read(MOST);
    }

    private static AnswerReader reader(String answers) {
        return new AnswerReader(new ByteArrayInputStream(RawServer.bytes(answers)));
    }

    private static InputStream dripping(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
