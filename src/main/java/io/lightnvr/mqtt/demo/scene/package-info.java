/**
 * Believable life in front of cameras: people who come to the door, cars that stop, cats that cross. The same seed gives
 * the same life; nothing here knows a clock or a thread but {@link io.lightnvr.mqtt.demo.scene.SceneRunner}.
 */
package io.lightnvr.mqtt.demo.scene;
