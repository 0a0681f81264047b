package io.lightnvr.mqtt.source.lightnvr;

import java.util.List;
import java.util.Optional;

/**
 * An answer as it came over a connection.
 *
 * @param status 200 to 999
 * @param cookies the values of its {@code Set-Cookie} headers
 * @param location where it points, if it does
 * @param body empty if there is none
 * @param isLast whether the connection takes no other request
 */
record HttpAnswer(int status, List<String> cookies, Optional<String> location, byte[] body, boolean isLast) {}
