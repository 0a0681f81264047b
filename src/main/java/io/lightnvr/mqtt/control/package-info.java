/**
 * What people may let the recorder do, pure: the controls of a stream, the commands and how they are read, how many are taken, and what
 * the topic of a stream's controls shows. Carried out in {@code intake}, by the port {@code source.RecorderControls}.
 *
 * <p>Imports {@code event}.
 */
package io.lightnvr.mqtt.control;
