#!/usr/bin/env python3
"""Prints each detection once, also those that came while this script or the broker was away."""

import json
import os
from collections import deque

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

HOST = os.environ.get("MQTT_HOST", "localhost")
PORT = int(os.environ.get("MQTT_PORT", "1883"))
USER = os.environ.get("MQTT_USER")
PASSWORD = os.environ.get("MQTT_PASSWORD")
PREFIX = os.environ.get("MQTT_PREFIX", "lightnvr")

# The broker keeps events for this client id while we are away, for so many seconds.
CLIENT_ID = "lightnvr-listen"
KEEP_SECONDS = 3600

seen = deque(maxlen=1000)


def on_connect(client, userdata, flags, reason_code, properties):
    print(f"Connected to {HOST}:{PORT} ({reason_code})", flush=True)
    if not reason_code.is_failure:
        client.subscribe(f"{PREFIX}/detections/#", qos=1)


def on_disconnect(client, userdata, flags, reason_code, properties):
    print(f"Disconnected ({reason_code})", flush=True)


def on_message(client, userdata, message):
    about = dict(getattr(message.properties, "UserProperty", []))
    event_id = about.get("event_id", "")
    if event_id and event_id in seen:
        return
    seen.append(event_id)
    event = json.loads(message.payload)
    for detection in event["detections"]:
        what = f"{detection['label']} ({detection['confidence']:.0%})"
        print(f"[{event['timestamp_iso']}] {event['stream']}: {what} event {event_id}", flush=True)


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=CLIENT_ID, protocol=mqtt.MQTTv5)
client.on_connect = on_connect
client.on_disconnect = on_disconnect
client.on_message = on_message
client.username_pw_set(USER, PASSWORD)
client.reconnect_delay_set(min_delay=1, max_delay=30)

session = Properties(PacketTypes.CONNECT)
session.SessionExpiryInterval = KEEP_SECONDS
client.connect_async(HOST, PORT, clean_start=False, properties=session)
try:
    client.loop_forever(retry_first_connection=True)
except KeyboardInterrupt:
    client.disconnect()
