package io.lightnvr.mqtt.web;

import java.util.Map;

/**
 * A request that was let in.
 *
 * @param method {@code GET}, for {@code HEAD} too, or {@code POST}
 * @param path decoded, without the leading slash and the query, such as {@code api/visits}
 * @param query decoded, with the first value of each name
 * @param body at most 4 KiB
 */
public record Request(String method, String path, Map<String, String> query, byte[] body) {}
