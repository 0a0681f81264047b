package io.lightnvr.mqtt.it.ha;

import static io.lightnvr.mqtt.it.Measured.percentile;
import static io.lightnvr.mqtt.it.Measured.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lightnvr.mqtt.demo.recorder.Generation;
import io.lightnvr.mqtt.demo.recorder.RecorderSetup;
import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import io.lightnvr.mqtt.demo.recorder.SimulatedStream;
import io.lightnvr.mqtt.documents.RecipeFile;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.it.PublishingRecorder;
import io.lightnvr.mqtt.it.Recording;
import io.lightnvr.mqtt.it.TestBed;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An evening of four cameras, and what the blueprint for visits makes of it in a real Home Assistant. Not a part of the tests:
 * {@code .ci/measure Evening} runs it. Six hours in 18 minutes: the pauses between the visits are 20 times shorter; visits,
 * parked cars and clocks have their own speed. All times are of one machine's clock.
 */
class EveningMeasure {

    private static final int CAMERAS = 4;
    private static final int SECONDS = Integer.getInteger("evening.seconds", 6 * 3600 / 20);
    private static final int VISITS = SECONDS / 27;
    private static final int OUTAGE = SECONDS * 2 / 5;
    private static final int OUTAGE_SECONDS = 60;
    private static final int RESTART = SECONDS * 7 / 10;
    private static final int SECONDS_TO_PARK = 150;
    private static final String TOPICS = "lightnvr/";

    @RegisterExtension
    final TestBed bed = new TestBed();

    private final Random random = new Random(16);
    private final List<Visit> plan = plan();
    private House house;

    /** A visit as it is planned, in seconds of the evening; and when its first row came, in seconds since the epoch. */
    private static final class Visit {

        private final StreamName camera;
        private final int start;
        private final int end;
        private final boolean hasDog;
        private double began;

        private Visit(StreamName camera, int start, int end, boolean hasDog) {
            this.camera = camera;
            this.start = start;
            this.end = end;
            this.hasDog = hasDog;
        }

        private boolean isAt(int second) {
            return second >= start && second <= end;
        }
    }

    /** The calls of a notification. */
    private record Notices(String camera, List<Double> times) {}

    @Test
    @Timeout(3_600)
    void evening() {
        house = new House(bed, RecorderSetup.open().of(Generation.V0_47));
        cameras().forEach(camera -> house.recorder().streams().add(SimulatedStream.running(camera.raw())));
        house.recorder().setPictures(true);
        house.options().homeAssistant("clear_after", 30).homeAssistant("images", true);
        house.options().with("nvr", "topic_prefix", PublishingRecorder.PREFIX);
        PublishingRecorder.start(bed, house.recorder(), house.broker().port());
        HomeAssistant homeAssistant =
                house.homeAssistant(HomeAssistantOptions.standard().yaml("scene:\n"));
        Recording detections = listen("detections/");
        Recording visits = listen("visits/");
        house.startBridge().awaitLog("Listening to the recorder's events");
        cameras().forEach(camera -> homeAssistant.awaitState("event." + camera.raw() + "_visit", "unknown"));
        notifyOfVisits(homeAssistant);

        runFrom(-SECONDS_TO_PARK, 0);
        int parked = notices(homeAssistant).size();
        int eventsBefore = detections.count(TOPICS);
        int reportsBefore = visits.count(TOPICS);
        runFrom(0, OUTAGE);
        house.broker().stop();
        runFrom(OUTAGE, OUTAGE + OUTAGE_SECONDS);
        house.broker().start();
        runFrom(OUTAGE + OUTAGE_SECONDS, RESTART);
        house.bridge().program().kill();
        house.startBridge();
        runFrom(RESTART, SECONDS + 60);

        report("parked before the evening: %d notifications while they were new", parked);
        report(
                "%d messages of detections and %d of visits came to a subscriber without a session",
                detections.count(TOPICS) - eventsBefore, visits.count(TOPICS) - reportsBefore);
        tell(notices(homeAssistant).subList(parked, notices(homeAssistant).size()));
        homeAssistant.assertNoComplaints();
    }

    private void tell(List<Notices> notices) {
        List<Double> updates = notices.stream()
                .map(notice -> (double) notice.times().size())
                .sorted()
                .toList();
        report(
                "%d visits were planned; %d notifications, of %s to %s calls each (median %s)",
                VISITS, notices.size(), percentile(updates, 1), percentile(updates, 100), percentile(updates, 50));
        List<Double> millis = new ArrayList<>();
        List<Double> late = new ArrayList<>();
        for (Notices notice : notices) {
            double first = notice.times().get(0);
            plan.stream()
                    .filter(visit -> visit.camera.raw().equals(notice.camera()) && visit.began <= first)
                    .reduce((older, newer) -> newer)
                    .ifPresent(visit -> (isDisturbed(visit) ? late : millis).add(1_000 * (first - visit.began)));
        }
        List<Double> sorted = millis.stream().sorted().toList();
        report(
                "first row to the first notification call, %d visits: p50 %.0f ms, p95 %.0f ms, max %.0f ms",
                sorted.size(), percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 100));
        report(
                "the same of %d visits that began in the outage or at the restart: %s ms",
                late.size(), late.stream().map(Math::round).toList());
    }

    private static boolean isDisturbed(Visit visit) {
        return visit.start >= OUTAGE && visit.start <= OUTAGE + OUTAGE_SECONDS + 15
                || visit.start >= RESTART && visit.start <= RESTART + 15;
    }

    private Recording listen(String below) {
        return Recording.timed(bed, house.broker(), below.replace("/", ""), TOPICS + below + "+", TOPICS);
    }

    private void notifyOfVisits(HomeAssistant homeAssistant) {
        Recipes.copy(homeAssistant, RecipeFile.BLUEPRINT_VISIT);
        Map<String, ?> input = Map.of(
                "cameras",
                cameras().stream()
                        .map(camera -> "event." + camera.raw() + "_visit")
                        .toList(),
                "kinds",
                List.of("person", "vehicle", "animal"));
        homeAssistant.automations().addWhole("visits", Recipes.use(RecipeFile.BLUEPRINT_VISIT.fileName(), input));
    }

    /** The notifications so far, in the order of their first calls. */
    private static List<Notices> notices(HomeAssistant homeAssistant) {
        Map<String, Notices> all = new LinkedHashMap<>();
        for (SeenEvent event : homeAssistant.events().all()) {
            JsonNode data = event.data().path("service_data");
            if (event.type().equals("call_service")
                    && event.data().path("domain").asText().equals("persistent_notification")) {
                all.computeIfAbsent(
                                data.path("notification_id").asText(),
                                id -> new Notices(data.path("title").asText(), new ArrayList<>()))
                        .times()
                        .add(seconds(OffsetDateTime.parse(event.firedAt()).toInstant()));
            }
        }
        return List.copyOf(all.values());
    }

    private void runFrom(int begin, int end) {
        double start = seconds(Instant.now()) - begin;
        for (int second = begin; second < end; second++) {
            while (seconds(Instant.now()) < start + second) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            int now = second;
            cameras().forEach(camera -> see(camera, now));
        }
    }

    private void see(StreamName camera, int second) {
        List<SimulatedRow> rows = new ArrayList<>();
        if (cameras().indexOf(camera) < 2) {
            rows.add(new SimulatedRow("car", sure(0.7f), near(0.6f), near(0.5f), 0.3f, 0.25f));
        }
        for (Visit visit : plan) {
            if (visit.camera.equals(camera) && visit.isAt(second)) {
                float along = (second - visit.start) / (visit.end - visit.start + 1f);
                rows.add(new SimulatedRow("person", sure(0.55f + 0.3f * along), 0.8f * along, 0.3f, 0.15f, 0.45f));
                if (visit.hasDog && along > 0.3f) {
                    rows.add(new SimulatedRow("dog", sure(0.6f), 0.8f * along, 0.6f, 0.1f, 0.1f));
                }
                if (second == visit.start) {
                    visit.began = seconds(Instant.now());
                }
            }
        }
        if (!rows.isEmpty()) {
            house.recorder()
                    .rows()
                    .insertFrame(camera, house.recorder().clock().second(), rows.toArray(SimulatedRow[]::new));
        }
    }

    /** A confidence as a model gives it, which is never twice the same. */
    private float sure(float about) {
        return about + random.nextFloat() * 0.15f;
    }

    private float near(float place) {
        return place + random.nextFloat() * 0.01f;
    }

    private List<Visit> plan() {
        List<Visit> all = new ArrayList<>();
        int slot = (SECONDS - 60) * CAMERAS / VISITS;
        for (int i = 0; i < VISITS; i++) {
            int start = i / CAMERAS * slot + random.nextInt(slot / 5);
            int end = start + 10 + random.nextInt(Math.max(1, slot * 3 / 10));
            all.add(new Visit(cameras().get(i % CAMERAS), start, end, random.nextBoolean()));
        }
        assertThat(all).allMatch(visit -> visit.end + 35 < SECONDS);
        return all;
    }

    private static List<StreamName> cameras() {
        return IntStream.rangeClosed(1, CAMERAS)
                .mapToObj(number -> new StreamName("camera_" + number))
                .toList();
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
