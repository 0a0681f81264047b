/**
 * What {@code docs/recipes} tells people to copy and to import, read from there and run in the real program that it is
 * for.
 */
package io.lightnvr.mqtt.it.recipes;
