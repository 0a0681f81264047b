package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** {@code /go2rtc/api/frame.jpeg}: a stream's picture, if go2rtc is on; always the same one, unless somebody draws them. */
final class FrameCall {

    private final SimulatedStreams streams;
    private volatile boolean on;
    private volatile Optional<Function<StreamName, byte[]>> artist = Optional.empty();

    FrameCall(SimulatedStreams streams) {
        this.streams = streams;
    }

    void set(boolean isOn) {
        on = isOn;
    }

    void drawnBy(Function<StreamName, byte[]> drawing) {
        artist = Optional.of(drawing);
    }

    /** The stream that is asked for; {@code ""} for none. */
    static String stream(Request request) {
        return request.value("src").map(Request::decoded).orElse("");
    }

    SimulatedAnswer get(Request request) {
        boolean isThere = Optional.of(stream(request))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> streams.find(new StreamName(name)))
                .filter(stream ->
                        stream.isRunning() && !streams.settings(stream.name()).isPrivate())
                .isPresent();
        return on && isThere
                ? new SimulatedAnswer(200, "image/jpeg", frame(new StreamName(stream(request))), Optional.empty())
                : SimulatedAnswer.error(404, "Not Found");
    }

    private byte[] frame(StreamName stream) {
        return artist.map(drawing -> drawing.apply(stream)).orElseGet(FrameCall::frame);
    }

    private static byte[] frame() {
        try (InputStream in = FrameCall.class.getResourceAsStream("frame.jpeg")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
