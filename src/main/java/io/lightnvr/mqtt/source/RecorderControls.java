package io.lightnvr.mqtt.source;

import io.lightnvr.mqtt.control.ControlCommand;
import io.lightnvr.mqtt.control.ControlView;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;

/** The port by which a recorder is told to do something. Calls block, each for a bounded time; for one thread at a time. */
public interface RecorderControls {

    /**
     * Asks what can be controlled of a stream, and how its switches are.
     *
     * @return a view without a last preset
     * @throws SourceException if the source does not answer within 4 s, or {@linkplain SourceException#isRefusal refuses}
     */
    ControlView read(StreamName stream) throws SourceException, InterruptedException;

    /**
     * Has a command carried out. Nothing happens if the switch is as it should be already. What results is seen by {@link #read},
     * perhaps a moment later.
     *
     * @param within how long the source may take for an answer
     * @throws SourceException if the source does not answer in time: it may or may not carry out the command
     */
    Outcome carryOut(StreamName stream, ControlCommand command, Duration within)
            throws SourceException, InterruptedException;

    /**
     * What the source says to a command.
     *
     * @param why the reason if it refuses, as the end of a sentence; else empty
     */
    record Outcome(Kind kind, String why) {

        /** Whether the source carries out the command. */
        public enum Kind {
            ACCEPTED,
            /** The login may not do that. */
            FORBIDDEN,
            /** It cannot do that now. */
            CONFLICT,
            /** It cannot do that in this way. */
            WRONG
        }

        /** The source carries out the command, or need not. */
        public static final Outcome ACCEPTED = new Outcome(Kind.ACCEPTED, "");
    }
}
