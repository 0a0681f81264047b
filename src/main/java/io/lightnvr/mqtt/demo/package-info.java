/**
 * What the README's first command needs beside the bridge: a broker in this process and words for the screen. The
 * simulated recorder is in {@code demo.recorder}, what its cameras see in {@code demo.scene}.
 *
 * <p>Nothing of it is needed to run the bridge.
 */
package io.lightnvr.mqtt.demo;
