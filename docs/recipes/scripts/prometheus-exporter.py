#!/usr/bin/env python3
"""Counts detections for Prometheus, and tells how the bridge is; on http://HOST:9641/metrics."""

import json
import os
from collections import deque

import paho.mqtt.client as mqtt
from prometheus_client import REGISTRY, Counter, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

HOST = os.environ.get("MQTT_HOST", "localhost")
PORT = int(os.environ.get("MQTT_PORT", "1883"))
USER = os.environ.get("MQTT_USER")
PASSWORD = os.environ.get("MQTT_PASSWORD")
PREFIX = os.environ.get("MQTT_PREFIX", "lightnvr")
LISTEN_PORT = int(os.environ.get("LISTEN_PORT", "9641"))

DETECTIONS = f"{PREFIX}/detections/"
AVAILABILITY = f"{PREFIX}/availability"
BRIDGE_STATE = f"{PREFIX}/bridge/state"

detections = Counter("lightnvr_detections", "What was detected.", ["stream", "label"])
seen = deque(maxlen=1000)


class Bridge(Collector):
    """What the bridge last said of itself; nothing before it said something."""

    def __init__(self):
        self.state = {}
        self.online = None

    def collect(self):
        if self.online is not None:
            yield GaugeMetricFamily("lightnvr_bridge_online", "Whether the bridge runs.", self.online)
        if self.state:
            yield GaugeMetricFamily(
                "lightnvr_bridge_waiting", "Events that wait for the broker.", self.state["waiting"])
            yield CounterMetricFamily(
                "lightnvr_bridge_published", "Events sent since the bridge was started.", self.state["published"])


bridge = Bridge()


def count(message):
    """Each event once. One that the broker has kept was counted when it was new."""
    event_id = dict(getattr(message.properties, "UserProperty", [])).get("event_id", "")
    if message.retain or event_id and event_id in seen:
        return
    seen.append(event_id)
    event = json.loads(message.payload)
    for detection in event["detections"]:
        detections.labels(event["stream"], detection["label"]).inc()


def on_connect(client, userdata, flags, reason_code, properties):
    print(f"Connected to {HOST}:{PORT} ({reason_code})", flush=True)
    if not reason_code.is_failure:
        client.subscribe([(DETECTIONS + "#", 1), (AVAILABILITY, 1), (BRIDGE_STATE, 1)])


def on_message(client, userdata, message):
    if message.topic.startswith(DETECTIONS):
        count(message)
    elif message.topic == AVAILABILITY:
        bridge.online = int(message.payload == b"online")
    else:
        bridge.state = json.loads(message.payload) if message.payload else {}


REGISTRY.register(bridge)
start_http_server(LISTEN_PORT)
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
client.on_connect = on_connect
client.on_message = on_message
client.username_pw_set(USER, PASSWORD)
client.reconnect_delay_set(min_delay=1, max_delay=30)
client.connect_async(HOST, PORT)
try:
    client.loop_forever(retry_first_connection=True)
except KeyboardInterrupt:
    client.disconnect()
