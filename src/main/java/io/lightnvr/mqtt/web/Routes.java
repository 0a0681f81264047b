package io.lightnvr.mqtt.web;

/** What is below the door: what an admitted request is answered with. */
@FunctionalInterface
public interface Routes {

    /**
     * Answers a request. Called on the page's threads, of which there are a few; may block for seconds.
     *
     * @throws InterruptedException if the page closes meanwhile
     */
    Answer answer(Request request) throws InterruptedException;
}
