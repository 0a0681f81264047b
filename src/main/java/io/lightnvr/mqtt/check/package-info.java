/**
 * The doctor: goes through the chain from the recorder to Home Assistant and says of each link whether it holds, and what to
 * do where it does not.
 *
 * <p>It disturbs nothing: a client id of its own, no will, nothing on the topics of events unless a test event is asked
 * for.
 */
package io.lightnvr.mqtt.check;
