package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.event.Text;
import io.lightnvr.mqtt.json.JsonTree;
import io.lightnvr.mqtt.source.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An answer of the recorder. Its body, which can hold the passwords of cameras, is never shown.
 *
 * @param call what was asked, for people
 * @param session the cookie of a login, if the answer sets one
 * @param location where a redirect points, as the answer has it
 * @param sentNanos when the request was sent, on the monotonic clock
 * @param receivedNanos when the answer was complete
 */
record RecorderAnswer(
        String call,
        int status,
        byte[] body,
        Optional<String> session,
        Optional<String> location,
        long sentNanos,
        long receivedNanos) {

    /** The most names, values and brackets of an answer: an empty object takes 2 of its bytes and 100 of the memory. */
    private static final int MOST_TOKENS = 60_000;

    /** The same where most of them are skipped. A stream with two schedules has 452, 256 of them 115,700. */
    private static final int MOST_TOKENS_SKIPPED = 300_000;

    private static final JsonFactory JSON = json(MOST_TOKENS);
    private static final JsonFactory LONG_JSON = json(MOST_TOKENS_SKIPPED);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PROXY_LOGIN = 407;
    private static final int CONFLICT = 409;

    /** A login in an address, and what follows its path: a session, a query, a fragment. */
    private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/]*@|[;?#][\\s\\S]*");

    private static final int MOST_SHOWN = 200;

    boolean isOk() {
        return status == OK;
    }

    /** Returns whether it is a JPEG, by its first bytes. */
    boolean isJpeg() {
        return body.length > 2 && body[0] == (byte) 0xFF && body[1] == (byte) 0xD8;
    }

    /** Returns whether the recorder rejects the request itself. */
    boolean isClientError() {
        return status / 100 == 4;
    }

    boolean isUnauthorized() {
        return status == UNAUTHORIZED;
    }

    boolean isForbidden() {
        return status == FORBIDDEN;
    }

    boolean isNotFound() {
        return status == NOT_FOUND;
    }

    boolean isConflict() {
        return status == CONFLICT;
    }

    /** Returns whether the recorder does what it was asked for, perhaps later. */
    boolean isSuccessful() {
        return status / 100 == 2;
    }

    /** Returns what the recorder gives as its reason for refusing, in one line. */
    Optional<String> error() {
        if (!isClientError() && status / 100 != 5) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(new String(body, StandardCharsets.UTF_8))) {
            return Optional.ofNullable(JsonTree.read(parser).path("error").textValue())
                    .map(Text::printable)
                    .map(text -> text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns this answer for keeping. */
    RecorderAnswer withoutBody() {
        return new RecorderAnswer(
                call, status, new byte[0], Optional.empty(), Optional.empty(), sentNanos, receivedNanos);
    }

    /** Returns whether the recorder denies access. */
    boolean isRefused() {
        return isUnauthorized() || isForbidden();
    }

    /**
     * Parses the JSON of a successful answer. Broken UTF-8, as in labels cut within a character, becomes U+FFFD.
     *
     * @throws SourceException if the answer is not successful, or not JSON
     */
    JsonNode json() throws SourceException {
        return parse(() -> JSON.createParser(new String(body, StandardCharsets.UTF_8)));
    }

    /**
     * The same, and of objects only some fields, so that the whole of a long answer is never in memory twice.
     *
     * @throws SourceException if the answer is not successful, or not JSON
     */
    JsonNode json(Set<String> fields) throws SourceException {
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        return parse(() -> new FilteringParserDelegate(
                LONG_JSON.createParser(text),
                new FieldFilter(fields),
                TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH,
                true));
    }

    private interface Opening {
        JsonParser open() throws IOException;
    }

    private JsonNode parse(Opening opening) throws SourceException {
        if (!isOk()) {
            throw badStatus();
        }
        try (JsonParser parser = opening.open()) {
            JsonNode json = JsonTree.readAlone(parser);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw unexpected(); // the exception's message would show the body
        } catch (IOException e) {
            throw new UncheckedIOException("Reading text in memory failed", e);
        }
        throw unexpected();
    }

    private static JsonFactory json(int mostTokens) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxTokenCount(mostTokens)
                        .build())
                .build();
    }

    /** Parses a JSON object. */
    JsonNode object() throws SourceException {
        JsonNode json = json();
        if (!json.isObject()) {
            throw unexpected();
        }
        return json;
    }

    /** Returns the exception for an answer that is not successful. */
    SourceException badStatus() {
        return new SourceException("The recorder answered %s with %d".formatted(call, status) + advice());
    }

    private String advice() {
        if (status / 100 == 3) {
            return location.map(to -> ", a redirect to " + shown(to)).orElse(", a redirect")
                    + ", which is not followed: set nvr.url to the address of LightNVR itself";
        }
        return isRefused() || status == PROXY_LOGIN
                ? " though LightNVR asks for no login there: a proxy before it does; let the bridge pass there, or set"
                        + " nvr.url to the address of LightNVR itself"
                : "";
    }

    /** Shows where a redirect points, without what could be secret in it. */
    private static String shown(String location) {
        String safe = Text.printable(SECRETS.matcher(location).replaceAll(""));
        return safe.length() > MOST_SHOWN ? safe.substring(0, MOST_SHOWN) + "..." : safe;
    }

    /** Returns the exception for JSON of another form. */
    SourceException unexpected() {
        return new SourceException("The recorder's answer to %s is not one that LightNVR gives".formatted(call));
    }

    /** Returns the recorder's local time, if the answer has it. */
    Optional<RecorderClock.Reading> clock(JsonNode json) {
        return clock(json.path("timestamp").asText());
    }

    /** Returns the recorder's local time, if a text of the answer tells it. */
    Optional<RecorderClock.Reading> clock(String time) {
        return LocalTimeText.read(time).map(local -> new RecorderClock.Reading(local, sentNanos, receivedNanos));
    }
}
