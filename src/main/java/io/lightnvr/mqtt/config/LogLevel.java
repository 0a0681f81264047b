package io.lightnvr.mqtt.config;

/** The level of the least important log lines, most verbose first. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
