package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.event.StreamName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names the recorder's page that shows a stream; who opens it logs in there. */
public final class RecorderPage {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'&date='yyyy-MM-dd'&time='HH:mm:ss", Locale.ROOT);

    private RecorderPage() {}

    /** The path and query of the page of a stream. */
    public static String of(StreamName stream) {
        return "/timeline.html?stream="
                + URLEncoder.encode(stream.raw(), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The same at a time.
     *
     * @param time the recorder's local time
     */
    static String of(StreamName stream, LocalDateTime time) {
        return of(stream) + TIME.format(time);
    }
}
