/**
 * The project's pages, read as people read them: every piece of code, every link.
 *
 * <p>A page's code either proves itself by being read ({@link io.lightnvr.mqtt.documents.Proof}), or is an
 * {@link io.lightnvr.mqtt.documents.Example} that a test runs. A file that people copy is a
 * {@link io.lightnvr.mqtt.documents.RecipeFile}.
 */
package io.lightnvr.mqtt.documents;
