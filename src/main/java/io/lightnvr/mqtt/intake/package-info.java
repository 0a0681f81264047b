/**
 * The first loop: from the recorder to the outbox. {@link io.lightnvr.mqtt.intake.Intake} lists and polls, {@link
 * io.lightnvr.mqtt.intake.RecorderWatch} decides whether the recorder answers, {@link io.lightnvr.mqtt.intake.Snapshots} fetches
 * pictures. Its news goes to an {@link io.lightnvr.mqtt.intake.IntakeListener}.
 *
 * <p>Imports {@code event}, {@code source}, {@code publish}, {@code store}, {@code status}, and of {@code broker} the back-off.
 */
package io.lightnvr.mqtt.intake;
