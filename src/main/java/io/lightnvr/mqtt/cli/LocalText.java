package io.lightnvr.mqtt.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * Texts and paths of the command line. The JVM decodes them by the locale and replaces what that cannot hold, such as {@code ü} with
 * {@code LC_ALL=C}; it could open no such file either. They are refused, since another stream or file would be meant.
 */
public final class LocalText {

    private static final char REPLACEMENT = '\uFFFD';

    private LocalText() {}

    /** Whether the locale can hold every text. */
    static boolean holdsAll() {
        return encoding().equals("UTF-8");
    }

    /** Has all commands refuse what the locale cannot hold. */
    public static void guard(CommandLine commands) {
        if (!holdsAll()) {
            String encoding = encoding();
            commands.registerConverter(String.class, text -> whole(text, "has", encoding));
            commands.registerConverter(Path.class, text -> path(text, encoding));
        }
    }

    private static String encoding() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    private static Path path(String text, String encoding) {
        Path path = Path.of(whole(text, "has", encoding));
        if (!path.isAbsolute()) {
            whole(System.getProperty("user.dir"), "is relative to the current folder, whose name has", encoding);
        }
        return path;
    }

    private static String whole(String text, String has, String encoding) {
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new TypeConversionException(has + " letters that the locale cannot hold (its encoding is " + encoding
                    + "); begin the command with LC_ALL=C.UTF-8");
        }
        return text;
    }
}
