/**
 * Reads the user's {@link io.lightnvr.mqtt.config.Configuration} from a file in one of three formats: Home Assistant's
 * {@code options.json}, YAML with the same keys, and the recorder's own {@code lightnvr.ini}.
 *
 * <p>{@code Configuration} declares each option once: key, type, limits and default. A file passes through three steps:
 * {@code TreeReader} or {@code IniReader} parses its text, {@code OptionTree} or {@code LightNvrIni} finds the options in
 * it, and {@code ConfigurationBuilder} checks their values and fills the records. Every step collects problems, so that
 * a user sees all of them at once.
 *
 * <p>Imports {@code event}, for names and texts.
 */
package io.lightnvr.mqtt.config;
