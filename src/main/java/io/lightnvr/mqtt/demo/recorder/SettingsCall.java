package io.lightnvr.mqtt.demo.recorder;

import java.util.function.IntSupplier;

/** {@code /api/settings}: those of a new recorder, except for its port, its accounts and its own publisher. */
final class SettingsCall {

    private static final String TEMPLATE = """
            {"web_thread_pool_size":4,"web_port":%d,"web_bind_ip":"127.0.0.1","web_root":"run/www",
            "web_auth_enabled":%b,"demo_mode":false,"webrtc_disabled":false,"hls_disabled":false,
            "mse_disabled":false,"storage_path":"run/rec","storage_path_hls":"","max_storage_size":0,
            "retention_days":30,"auto_delete_oldest":false,"storage_min_free_pct":0,
            "storage_pressure_warning_pct":20,"storage_pressure_critical_pct":10,
            "storage_pressure_emergency_pct":5,"generate_thumbnails":true,"thumbnails_per_recording":3,
            "mp4_directory_format":"year_month_day","max_streams":32,"max_streams_ceiling":256,
            "log_file":"run/log/lightnvr.log","log_level":2,"pid_file":"run/lightnvr.pid",
            "db_path":"run/db/lightnvr.db","db_backup_interval_minutes":60,"db_backup_retention_count":24,
            "db_post_backup_script":"","models_path":"run/models","buffer_size":1024,"use_swap":false,
            "swap_size":128,"syslog_enabled":false,"syslog_ident":"lightnvr","syslog_facility":"LOG_USER",
            "api_detection_url":"http://127.0.0.1:18840/detect","api_detection_backend":"onnx",
            "default_detection_threshold":50,"pre_detection_buffer":5,"post_detection_buffer":10,
            "buffer_strategy":"auto","detection_grace_period":2,"detection_engine_enabled":false,
            "detection_engine_threads":1,"detection_engine_delegate":"xnnpack","auth_timeout_hours":24,
            "auth_absolute_timeout_hours":168,"trusted_device_days":30,"trusted_proxy_cidrs":"",
            "force_mfa_on_login":false,"login_rate_limit_enabled":false,"login_rate_limit_max_attempts":5,
            "login_rate_limit_window_seconds":300,"go2rtc_enabled":false,
            "go2rtc_binary_path":"/usr/local/bin/go2rtc","go2rtc_config_dir":"/etc/lightnvr/go2rtc",
            "go2rtc_api_port":1984,"go2rtc_rtsp_port":8554,"go2rtc_webrtc_enabled":false,
            "go2rtc_webrtc_listen_port":8555,"go2rtc_stun_enabled":false,
            "go2rtc_stun_server":"stun.l.google.com:19302","go2rtc_external_ip":"","go2rtc_ice_servers":"",
            "webrtc_connection_timeout_ms":30000,"webrtc_ice_recovery_timeout_ms":5000,
            "go2rtc_force_native_hls":false,"go2rtc_config_override":"",
            "go2rtc_config_override_disabled_reason":"","go2rtc_config_override_quarantined":"",
            "mqtt_enabled":%b,"mqtt_broker_host":%s,"mqtt_broker_port":%d,"mqtt_username":"",
            "mqtt_password":"","mqtt_client_id":%s,"mqtt_topic_prefix":%s,"mqtt_tls_enabled":false,
            "mqtt_keepalive":60,"mqtt_qos":1,"mqtt_retain":false,"mqtt_ha_discovery":%b,
            "mqtt_ha_discovery_prefix":"homeassistant","mqtt_ha_snapshot_interval":30,"turn_enabled":false,
            "turn_server_url":"","turn_username":"","turn_password":"","onvif_discovery_enabled":false,
            "onvif_discovery_interval":300,"onvif_discovery_network":"127.0.0.0/30"}""".replace("\n", "");

    private final Access access;
    private final IntSupplier port;
    private final boolean isAdminOnly;
    private volatile SimulatedPublisher publisher = SimulatedPublisher.off();

    /** @param port on which the recorder listens */
    SettingsCall(Access access, IntSupplier port, Generation generation) {
        this.isAdminOnly = generation == Generation.V0_47;
        this.access = access;
        this.port = port;
    }

    void set(SimulatedPublisher changed) {
        publisher = changed;
    }

    SimulatedAnswer get(Request request, Account account) {
        if (isAdminOnly && account.role() != Account.Role.ADMIN) {
            return SimulatedAnswer.error(403, "Forbidden");
        }
        SimulatedPublisher now = publisher;
        return SimulatedAnswer.ok(TEMPLATE.formatted(
                port.getAsInt(),
                access.isEnabled(),
                now.enabled(),
                JsonText.quoted(now.brokerHost()),
                now.brokerPort(),
                JsonText.quoted(now.clientId()),
                JsonText.quoted(now.topicPrefix()),
                now.homeAssistant()));
    }
}
