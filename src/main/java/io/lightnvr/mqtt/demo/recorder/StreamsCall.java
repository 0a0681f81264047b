package io.lightnvr.mqtt.demo.recorder;

import io.lightnvr.mqtt.event.StreamName;
import java.util.Collections;

/** {@code /api/streams}, one stream of it and a stream's zones. */
final class StreamsCall {

    private static final String PATH = "/api/streams/";

    private static final int HOURS_OF_A_WEEK = 168;
    private static final String ALWAYS =
            Collections.nCopies(HOURS_OF_A_WEEK, true).toString().replace(" ", "");
    private static final String ZONES = "/zones";
    private static final String TEMPLATE = """
            {"name":%s,%s"url":%s,"enabled":%b,"streaming_enabled":false,"width":%d,"height":%d,"fps":%d,
            "codec":%s,"priority":5,"record":%b,"segment_duration":30,"detection_based_recording":%b,
            "detection_model":%s,"detection_threshold":%d,"detection_interval":%d,"pre_detection_buffer":5,
            "post_detection_buffer":5,"detection_object_filter":"","detection_object_filter_list":"",
            "protocol":0,"record_audio":true,"audio_voice_enhancement":false,"isOnvif":%b,
            "backchannel_enabled":false,"retention_days":-1,"detection_retention_days":-1,
            "max_storage_mb":0,"tier_critical_multiplier":0,"tier_important_multiplier":0,
            "tier_ephemeral_multiplier":0,"storage_priority":0,"ptz_enabled":%b,"ptz_max_x":0,
            "ptz_max_y":0,"ptz_max_z":0,"ptz_has_home":%b,"onvif_username":"","onvif_password":"",
            "onvif_profile":"","onvif_port":0,"record_on_schedule":false,"recording_schedule":%s,
            "detection_record_on_schedule":false,"detection_recording_schedule":%s,"tags":"","admin_url":"",
            "privacy_mode":%b,"can_control_privacy":%b,"motion_trigger_source":"",
            "go2rtc_source_override":"","sub_stream_url":"","has_sub_stream":false,"detection_url":"",
            "publish_url":"","status":%s,"go2rtc_hls_available":false}""".replace("\n", "");

    private final SimulatedStreams streams;
    private final Access access;
    private final Generation generation;

    StreamsCall(SimulatedStreams streams, Access access, Generation generation) {
        this.access = access;
        this.generation = generation;
        this.streams = streams;
    }

    /** The bare array of all streams, as far as this account may see them. */
    SimulatedAnswer list(Request request, Account account) {
        JsonText json = new JsonText().beginArray();
        streams.byName().stream()
                .filter(stream -> access.sees(account, stream.name()))
                .forEach(stream -> json.raw(described(stream, account)));
        return SimulatedAnswer.json(200, json.endArray());
    }

    /** One stream or its zones: {@code /api/streams/<stream>} or {@code /api/streams/<stream>/zones}. */
    SimulatedAnswer below(Request request, Account account) {
        String rest = request.path().substring(PATH.length());
        return rest.endsWith(ZONES)
                ? zones(Request.decoded(rest.substring(0, rest.length() - ZONES.length())), account)
                : one(Request.decoded(rest), account);
    }

    private SimulatedAnswer one(String name, Account account) {
        return name.isEmpty()
                ? SimulatedAnswer.streamNotFound()
                : streams.find(new StreamName(name))
                        .map(stream -> SimulatedAnswer.ok(described(stream, account)))
                        .orElseGet(SimulatedAnswer::streamNotFound);
    }

    private SimulatedAnswer zones(String name, Account account) {
        if (generation == Generation.V0_47 && account.role() == Account.Role.VIEWER) {
            return SimulatedAnswer.error(403, "Forbidden");
        }
        JsonText json = new JsonText().beginObject().name("zones").beginArray();
        if (!name.isEmpty()) {
            streams.zones(new StreamName(name)).forEach(zone -> zone.write(json, name));
        }
        return SimulatedAnswer.json(200, json.endArray().endObject());
    }

    /** A stream as an account may see it: viewers do not see the address of the camera. */
    private String described(SimulatedStream stream, Account account) {
        boolean detects = stream.hasDetector();
        SimulatedSettings settings = streams.settings(stream.name());
        return TEMPLATE.formatted(
                JsonText.quoted(stream.name().raw()),
                generation == Generation.V0_47
                        ? "\"camera_uuid\":" + JsonText.quoted(streams.uuid(stream.name())) + ","
                        : "",
                JsonText.quoted(account.role() == Account.Role.VIEWER ? "" : stream.url()),
                stream.enabled(),
                detects ? 320 : 0,
                detects ? 240 : 0,
                detects ? 10 : 0,
                JsonText.quoted(detects ? "h264" : ""),
                settings.records(),
                settings.detects(),
                JsonText.quoted(stream.detector()),
                stream.detector().equals("motion") ? 1 : 50,
                detects ? 1 : 10,
                settings.isOnvif(),
                settings.presets().isPresent(),
                settings.presets().isPresent(),
                ALWAYS,
                ALWAYS,
                settings.isPrivate(),
                account.role() != Account.Role.VIEWER,
                JsonText.quoted(stream.unreliableStatus()));
    }
}
