package io.lightnvr.mqtt.it;

import io.lightnvr.mqtt.supervisor.FakeSupervisor;
import java.util.Map;

/** Secrets that nobody mistakes for anything else. */
final class Secrets {

    static final String BROKER_PASSWORD = "brokerpw-Zq7Xw2";
    static final String EVENTS_PASSWORD = "eventspw-Hm4Tr9";
    static final String RECORDER_PASSWORD = "nvrpw-Vb8Ls3";
    static final String API_KEY = "apikey-Jd5Nc6";
    static final String SESSION = "session-Rw9Pk1";
    static final String KEY_PASSWORD = "keypw-Gf3Yt8";
    static final String CAMERA_PASSWORD = "campw-Bx6Uo4";
    static final String PAGE_PASSWORD = "pagepw-Kn2Qe5";

    /** What each one is. */
    static final Map<String, String> ALL = Map.of(
            PAGE_PASSWORD,
            "the page's password",
            BROKER_PASSWORD,
            "the broker's password",
            EVENTS_PASSWORD,
            "the password in nvr.events_broker",
            RECORDER_PASSWORD,
            "the recorder's password",
            API_KEY,
            "the API key",
            SESSION,
            "the session's cookie",
            KEY_PASSWORD,
            "the key's password",
            CAMERA_PASSWORD,
            "a camera's password",
            FakeSupervisor.TOKEN,
            "the Supervisor's token");

    /** All of them in one text, as an answer of somebody who tells what he should not. */
    static final String TOLD = String.join(" ", ALL.keySet());

    private Secrets() {}
}
