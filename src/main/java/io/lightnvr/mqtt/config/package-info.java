/**
 * What the user wants: one {@link io.lightnvr.mqtt.config.Configuration model} in three spellings (Home Assistant's
 * {@code options.json}, YAML with the same keys, the recorder's own {@code lightnvr.ini}).
 *
 * <p>{@link io.lightnvr.mqtt.config.Options} is the one table of all keys. A file goes through four steps: its text (a
 * bounded read), its {@code Node} tree or INI lines, what is {@code RawOptions} for each option, and the {@code Values} that
 * the options' rules make of it; {@code ConfigurationBuilder} adds what concerns several options. Every step only adds to the list
 * of problems, so that a user sees all of them at once.
 *
 * <p>Imports no other package of the bridge, and none imports this one but the root.
 */
package io.lightnvr.mqtt.config;
