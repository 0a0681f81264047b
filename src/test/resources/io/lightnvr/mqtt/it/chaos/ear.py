"""Hears FILTER and writes each message to a file before it acknowledges it: ear.py PORT ID FILTER QOS MEMORY FILE.

ID is the client id and the user. MEMORY is for how many seconds the broker keeps its session; 0 for a new one each time.
"""
import hashlib
import json
import sys
import time

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

port, name, topics, path = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[6]
qos, memory = int(sys.argv[4]), int(sys.argv[5])
file = open(path, "a", encoding="utf-8", newline="\n")


def write(fields):
    file.write(json.dumps({"at": time.time_ns() // 1_000_000, **fields}) + "\n")
    file.flush()


def text(payload):
    """What a payload says; of one that is no text, a picture, its hash."""
    try:
        return payload.decode()
    except UnicodeDecodeError:
        return "sha256 " + hashlib.sha256(payload).hexdigest()


def connected(client, userdata, flags, reason, properties):
    if not reason.is_failure:
        client.subscribe(topics, qos)


def subscribed(client, userdata, mid, reasons, properties):
    write({"subscribed": [reason.value for reason in reasons]})


def heard(client, userdata, message):
    write(
        {
            "topic": message.topic,
            "payload": text(message.payload),
            "qos": message.qos,
            "dup": bool(message.dup),
            "retained": bool(message.retain),
            "properties": getattr(message.properties, "UserProperty", []),
        }
    )


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name, protocol=mqtt.MQTTv5)
client.username_pw_set(name, name)
client.on_connect, client.on_subscribe, client.on_message = connected, subscribed, heard
client.reconnect_delay_set(0.05, 0.2)
session = Properties(PacketTypes.CONNECT)
session.SessionExpiryInterval = memory
client.connect_async("127.0.0.1", port, keepalive=600, clean_start=memory == 0, properties=session)
client.loop_forever(retry_first_connection=True)
