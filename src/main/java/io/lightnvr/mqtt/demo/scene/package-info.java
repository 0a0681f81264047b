/**
 * Believable life in front of cameras: people who come to the door, cars that stop, cats that cross. The same seed gives the
 * same life. Only {@link io.lightnvr.mqtt.demo.scene.SceneRunner} has a clock and a thread.
 */
package io.lightnvr.mqtt.demo.scene;
