#!/usr/bin/env python3
"""Prints each detection once, even if this script or the broker was away when it came."""

import json
import os
import sys
from collections import deque

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

HOST = os.environ.get("MQTT_HOST", "localhost")
PORT = int(os.environ.get("MQTT_PORT", "1883"))
USER = os.environ.get("MQTT_USER")
PASSWORD = os.environ.get("MQTT_PASSWORD")
CA_FILE = os.environ.get("MQTT_CA_FILE")
CERT_FILE = os.environ.get("MQTT_CERT_FILE")
KEY_FILE = os.environ.get("MQTT_KEY_FILE")
PREFIX = os.environ.get("MQTT_PREFIX", "lightnvr")

# While this script is not connected, the broker keeps events for this client id, for so many seconds.
CLIENT_ID = "lightnvr-listen"
KEEP_SECONDS = 3600

seen = deque(maxlen=1000)


def on_connect(client, userdata, flags, reason_code, properties):
    print(f"Connected to {HOST}:{PORT} ({reason_code})", flush=True)
    if not reason_code.is_failure:
        client.subscribe(f"{PREFIX}/detections/#", qos=1)


def on_disconnect(client, userdata, flags, reason_code, properties):
    print(f"Disconnected ({reason_code})", flush=True)


def plain(text):
    """Replaces all characters that could control the terminal with question marks."""
    return "".join(c if c.isprintable() else "?" for c in text)


def lines(event, event_id):
    for detection in event["detections"]:
        what = f"{detection['label']} ({detection['confidence']:.0%})"
        yield f"[{event['timestamp_iso']}] {event['stream']}: {what} event {event_id}"


def on_message(client, userdata, message):
    event_id = dict(getattr(message.properties, "UserProperty", [])).get("event_id", "")
    # A retained event (mqtt.retain) is an old one.
    if message.retain or event_id and event_id in seen:
        return
    try:
        text = "\n".join(map(plain, lines(json.loads(message.payload), event_id)))
    except (ValueError, KeyError, TypeError):
        print(f"No event: {plain(message.topic)} {message.payload!r:.200}", file=sys.stderr, flush=True)
        return
    seen.append(event_id)
    print(text, flush=True)


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
