package io.lightnvr.mqtt.it.ha;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.it.Arrivals;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A WebSocket to Home Assistant. Its answers and what it tells unasked are read by one thread in the order of their
 * coming. Thread-safe.
 */
final class Conversation implements AutoCloseable {

    private final Map<Integer, CompletableFuture<JsonNode>> questions = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> trusted = new CompletableFuture<>();
    private final String token;
    private final Consumer<JsonNode> news;
    private WebSocket socket;
    private CompletableFuture<WebSocket> proof;
    private int lastId;

    private Conversation(String token, Consumer<JsonNode> news) {
        this.token = token;
        this.news = news;
    }

    /**
     * Connects and proves who we are.
     *
     * @param news hears each event of what was subscribed to; must not ask anything itself
     * @throws java.util.concurrent.CompletionException when nobody listens there, or nobody is let in yet
     */
    static Conversation begin(HttpClient client, int port, String token, Consumer<JsonNode> news) {
        Conversation conversation = new Conversation(token, news);
        URI address = URI.create("ws://127.0.0.1:" + port + "/api/websocket");
        conversation.socket = client.newWebSocketBuilder()
                .buildAsync(address, conversation.new Ear())
                .join();
        try {
            conversation
                    .trusted
                    .orTimeout(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
            return conversation;
        } catch (CompletionException e) {
            conversation.close();
            throw e;
        }
    }

    /** Asks one thing; its result. */
    JsonNode ask(String type, Map<String, ?> fields) {
        JsonNode answer = await(type, question(type, fields));
        if (!answer.path("success").asBoolean()) {
            throw new AssertionError(
                    "%s %s: %s".formatted(type, fields, answer.path("error").path("message")));
        }
        return answer.path("result");
    }

    @Override
    public void close() {
        socket.abort();
        end("It was closed");
    }

    /** The ids must go up in the order of sending, and one message must be sent before the next one. */
    private synchronized CompletableFuture<JsonNode> question(String type, Map<String, ?> fields) {
        Map<String, Object> message = new LinkedHashMap<>(fields);
        message.put("id", ++lastId);
        message.put("type", type);
        CompletableFuture<JsonNode> question = new CompletableFuture<>();
        questions.put(lastId, question);
        socket.sendText(Json.write(message), true).join();
        return question;
    }

    private static <T> T await(String what, CompletableFuture<T> answer) {
        try {
            return answer.get(Arrivals.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("Home Assistant does not answer: " + what, e);
        }
    }

    private void heard(JsonNode message, WebSocket from) {
        switch (message.path("type").asText()) {
            case "auth_required" ->
                proof = from.sendText(Json.write(Map.of("type", "auth", "access_token", token)), true);
            // The answer may come before the socket says that it has sent, and until then nothing else may be sent.
            case "auth_ok" -> proof.thenRun(() -> trusted.complete(null));
            case "event" -> news.accept(message.path("event"));
            case "result" -> questions.remove(message.path("id").asInt()).complete(message);
            default -> end(message.toString());
        }
    }

    private void end(String reason) {
        AssertionError end = new AssertionError(reason);
        trusted.completeExceptionally(end);
        questions.values().forEach(question -> question.completeExceptionally(end));
    }

    /** Puts together what comes in parts. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            begun.append(part);
            if (last) {
                heard(Json.read(begun.toString()), from);
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end("It closed the connection: " + status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end("The connection broke: " + error);
        }
    }
}
