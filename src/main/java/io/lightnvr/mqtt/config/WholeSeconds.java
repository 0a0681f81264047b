package io.lightnvr.mqtt.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How times are spelled everywhere: whole seconds, or text such as {@code 30s}, {@code 5m}, {@code 12h}, {@code 7d}. */
public final class WholeSeconds {

    /** What to do where a text is no time. */
    public static final String SPELLING = "use whole seconds, or text such as 30s, 5m, 12h or 7d";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3_600, "d", 86_400);

    private WholeSeconds() {}

    /** The time that a text says, or nothing where it says none. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2))))
                : Optional.empty();
    }
}
