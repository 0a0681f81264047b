package io.lightnvr.mqtt.web;

import io.lightnvr.mqtt.event.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the page, out of the jar. They are read anew each time: nothing is held while nobody looks. */
final class PageFiles {

    private static final String INDEX = "index.html";
    private static final String NAME = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";
    private static final Pattern FILE = Pattern.compile("(?:" + NAME + "/)*" + NAME + "\\.([a-z]+)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final String folder;
    private final Map<String, String> fields;

    /**
     * @param folder of the resources, with a slash at its end
     * @param fields what stands in the page's HTML for each placeholder
     */
    PageFiles(String folder, Map<String, String> fields) {
        this.folder = folder;
        this.fields = Map.copyOf(fields);
    }

    /**
     * Finds a file.
     *
     * @param path {@code ""} for the page
     * @param known the tags of what the browser has, from {@code If-None-Match}
     * @return empty if there is no such file
     */
    Optional<Answer> answer(String path, Optional<String> known) {
        String name = path.isEmpty() ? INDEX : path;
        Matcher form = FILE.matcher(name);
        Optional<String> type = form.matches() ? Optional.ofNullable(TYPES.get(form.group(1))) : Optional.empty();
        return type.flatMap(found -> read(name).map(bytes -> answer(found, filledIn(name, bytes), known)));
    }

    private static Answer answer(String type, byte[] bytes, Optional<String> known) {
        String tag = '"' + HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, 16) + '"';
        boolean isKnown = known.filter(tags -> tags.contains(tag)).isPresent();
        return Answer.of(isKnown ? NOT_MODIFIED : OK, type, isKnown ? new byte[0] : bytes)
                .with("Cache-Control", "no-cache")
                .with("ETag", tag);
    }

    private Optional<byte[]> read(String name) {
        try (InputStream file = PageFiles.class.getClassLoader().getResourceAsStream(folder + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the page's file " + name, e);
        }
    }

    private byte[] filledIn(String name, byte[] bytes) {
        if (!name.equals(INDEX)) {
            return bytes;
        }
        String html = new String(bytes, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> field : fields.entrySet()) {
            html = html.replace(field.getKey(), field.getValue());
        }
        return html.getBytes(StandardCharsets.UTF_8);
    }
}
