/**
 * The first loop: from the recorder to the outbox. {@link io.lightnvr.mqtt.intake.Intake} lists and polls, {@code Hearing} listens
 * to what the recorder publishes, and {@code HeardStreams} carries that on; {@code OutboxWriter} stores both. {@code RecorderWatch}
 * decides whether the recorder answers, {@code CameraNames} follows cameras that are renamed, {@code Snapshots} fetches pictures. The
 * news goes to an {@link io.lightnvr.mqtt.intake.IntakeListener}.
 *
 * <p>Imports {@code event}, {@code source}, {@code publish}, {@code store}, {@code status}, and of {@code broker} the port and the
 * back-off.
 */
package io.lightnvr.mqtt.intake;
