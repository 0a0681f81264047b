package io.lightnvr.mqtt.demo.scene;

import static io.lightnvr.mqtt.demo.scene.Scene.CALLER;
import static io.lightnvr.mqtt.demo.scene.Scene.CAR;
import static io.lightnvr.mqtt.demo.scene.Scene.CAT;
import static io.lightnvr.mqtt.demo.scene.Scene.DELIVERY;
import static io.lightnvr.mqtt.demo.scene.Scene.DOG;
import static io.lightnvr.mqtt.demo.scene.Scene.DOG_WALK;
import static io.lightnvr.mqtt.demo.scene.Scene.WIND;

import io.lightnvr.mqtt.demo.recorder.SimulatedZone;
import io.lightnvr.mqtt.event.StreamName;
import java.time.Duration;
import java.util.List;

/**
 * The place of a camera.
 *
 * @param zones in the recorder's order
 * @param programme the first scene, then all that are possible, the frequent ones several times
 * @param detectorTakes how long the detector needs for a picture
 */
record Place(StreamName stream, List<SimulatedZone> zones, List<Scene> programme, Duration detectorTakes) {

    private static final List<Place> KNOWN = List.of(
            new Place(
                    new StreamName("front_door"),
                    List.of(
                            SimulatedZone.rectangle("zone_entrance", "entrance", 0.45f, 0.3f, 0.9f, 0.95f),
                            SimulatedZone.rectangle("zone_path", "path", 0, 0.3f, 0.45f, 1)),
                    List.of(CALLER, CALLER, CALLER, DELIVERY, DELIVERY, DOG_WALK, CAT),
                    Duration.ZERO),
            new Place(
                    new StreamName("driveway"),
                    List.of(
                            SimulatedZone.rectangle("zone_street", "street", 0, 0, 1, 0.4f),
                            SimulatedZone.rectangle("zone_parking", "parking", 0.2f, 0.4f, 0.85f, 1)),
                    List.of(CAR, CAR, CAR, CAR, DOG_WALK, CAT),
                    Duration.ofMillis(300)),
            new Place(
                    new StreamName("Back Yard"),
                    List.of(SimulatedZone.rectangle("zone_lawn", "lawn", 0, 0.5f, 1, 1)),
                    List.of(DOG, DOG, CAT, CAT, CALLER, WIND),
                    Duration.ofMillis(1_200)),
            new Place(
                    new StreamName("garden"),
                    List.of(SimulatedZone.rectangle("zone_pond", "pond", 0.55f, 0.5f, 0.95f, 0.9f)),
                    List.of(CAT, CAT, DOG, DOG_WALK, WIND),
                    Duration.ofMillis(2_900)));

    /** The place of a camera, by its number from 0 up. Each place has another stream. */
    static Place number(int number) {
        return number < KNOWN.size()
                ? KNOWN.get(number)
                : new Place(
                        new StreamName("camera " + (number + 1)),
                        List.of(),
                        List.of(CALLER, CAR, DOG_WALK, CAT, DOG, WIND),
                        Duration.ofMillis(number * 370L % 1_000));
    }
}
