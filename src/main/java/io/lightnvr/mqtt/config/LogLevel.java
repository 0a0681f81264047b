package io.lightnvr.mqtt.config;

/** The least important log lines that are still wanted, most talkative first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
