/**
 * Feeds every parser of foreign bytes with what nobody should send.
 *
 * <p>{@code Parsers} is the table of them, put together from one class beside each group of parsers. {@code Mutations} makes the
 * inputs, {@code Fuzzing} feeds them and holds the bounds; {@code FuzzIT} does so with some of them, {@code FuzzMeasure} with a
 * million.
 */
package io.lightnvr.mqtt.fuzz;
