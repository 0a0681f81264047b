/**
 * The HTTP server of the page: who is let in, what may be asked, static files, and events to those who look. What is answered
 * comes from elsewhere, through {@link io.lightnvr.mqtt.web.Routes}.
 *
 * <p>With nobody looking, none of its own threads is left: only the JDK's {@code HTTP-Dispatcher}, which wakes once a second, and
 * its timer, once in ten.
 */
package io.lightnvr.mqtt.web;
