package io.lightnvr.mqtt.documents;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands in a piece of shell. */
final class Commands {

    private static final Pattern BETWEEN = Pattern.compile("\\n| && ");
    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");

    /** How the program is called: as a jar, or by its name in the image. */
    private static final Pattern CALL =
            Pattern.compile("(?:lightnvr-mqtt\\.jar|[\" ]lightnvr-mqtt) ([a-z-]+[^#\n&|;)`]*)");

    private Commands() {}

    /** Each command of its own, without comments. */
    static List<String> of(String shell) {
        return BETWEEN.splitAsStream(shell.replaceAll("\\\\\n *", " "))
                .map(command -> COMMENT.matcher(command).replaceFirst("").strip())
                .filter(command -> !command.isEmpty())
                .toList();
    }

    /** The arguments of each call of the program in it. */
    static Stream<String[]> calls(String shell) {
        return CALL.matcher(shell.replaceAll("\\\\\n *", " "))
                .results()
                .map(call -> Arrays.stream(call.group(1).strip().split(" +")).toArray(String[]::new));
    }
}
