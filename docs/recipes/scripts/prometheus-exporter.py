#!/usr/bin/env python3
"""Counts detections for Prometheus, and tells how the bridge is; on http://HOST:9641/metrics."""

import json
import os
import sys
from collections import deque

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from prometheus_client import REGISTRY, Counter, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

HOST = os.environ.get("MQTT_HOST", "localhost")
PORT = int(os.environ.get("MQTT_PORT", "1883"))
USER = os.environ.get("MQTT_USER")
PASSWORD = os.environ.get("MQTT_PASSWORD")
CA_FILE = os.environ.get("MQTT_CA_FILE")
CERT_FILE = os.environ.get("MQTT_CERT_FILE")
KEY_FILE = os.environ.get("MQTT_KEY_FILE")
PREFIX = os.environ.get("MQTT_PREFIX", "lightnvr")
LISTEN_PORT = int(os.environ.get("LISTEN_PORT", "9641"))

# The broker keeps events for this client id while we are away, for so many seconds.
CLIENT_ID = "lightnvr-exporter"
KEEP_SECONDS = 3600

DETECTIONS = f"{PREFIX}/detections/"
AVAILABILITY = f"{PREFIX}/availability"
BRIDGE_STATE = f"{PREFIX}/bridge/state"

detections = Counter("lightnvr_detections", "What was detected.", ["stream", "label"])
seen = deque(maxlen=1000)


class Bridge(Collector):
    """What the bridge last said of itself; nothing while we cannot hear it."""

    def __init__(self):
        self.forget(connected=0)

    def forget(self, connected):
        self.connected = connected
        self.online = None
        self.waiting = None
        self.published = None

    def hear(self, state):
        self.waiting, self.published = float(state["waiting"]), float(state["published"])

    def collect(self):
        yield GaugeMetricFamily("lightnvr_broker_connected", "Whether we are connected to the broker.", self.connected)
        if self.online is not None:
            yield GaugeMetricFamily("lightnvr_bridge_online", "Whether the bridge runs.", self.online)
        if self.waiting is not None:
            yield GaugeMetricFamily("lightnvr_bridge_waiting", "Events that wait for the broker.", self.waiting)
            yield CounterMetricFamily(
                "lightnvr_bridge_published", "Events sent since the bridge was started.", self.published)


bridge = Bridge()


def count(message):
    """Each event once. One that the broker has kept was counted when it was new."""
    event_id = dict(getattr(message.properties, "UserProperty", [])).get("event_id", "")
    if message.retain or event_id and event_id in seen:
        return
    event = json.loads(message.payload)
    found = [(event["stream"], detection["label"]) for detection in event["detections"]]
    seen.append(event_id)
    for stream, label in found:
        detections.labels(stream, label).inc()


def on_connect(client, userdata, flags, reason_code, properties):
    print(f"Connected to {HOST}:{PORT} ({reason_code})", flush=True)
    if not reason_code.is_failure:
        bridge.forget(connected=1)
        client.subscribe([(DETECTIONS + "#", 1), (AVAILABILITY, 1), (BRIDGE_STATE, 1)])


def on_disconnect(client, userdata, flags, reason_code, properties):
    print(f"Disconnected ({reason_code})", flush=True)
    bridge.forget(connected=0)


def on_message(client, userdata, message):
    try:
        if message.topic.startswith(DETECTIONS):
            count(message)
        elif message.topic == AVAILABILITY:
            bridge.online = int(message.payload == b"online")
        else:
            bridge.hear(json.loads(message.payload))
    except (ValueError, KeyError, TypeError):
        print(f"Not of the bridge: {message.topic} {message.payload!r:.200}", file=sys.stderr, flush=True)


REGISTRY.register(bridge)
start_http_server(LISTEN_PORT)
client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=CLIENT_ID, protocol=mqtt.MQTTv5)
client.on_connect = on_connect
client.on_disconnect = on_disconnect
client.on_message = on_message
client.username_pw_set(USER, PASSWORD)
if CA_FILE:
    client.tls_set(CA_FILE, CERT_FILE, KEY_FILE)
client.reconnect_delay_set(min_delay=1, max_delay=30)

session = Properties(PacketTypes.CONNECT)
session.SessionExpiryInterval = KEEP_SECONDS
client.connect_async(HOST, PORT, clean_start=False, properties=session)
try:
    client.loop_forever(retry_first_connection=True)
except KeyboardInterrupt:
    client.disconnect()
