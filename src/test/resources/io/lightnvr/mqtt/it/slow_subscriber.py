"""Subscribes with QoS 1, takes its time for each message and writes it down: topic, payload, epoch seconds.

Arguments: host, port, client id, topic filter, seconds for each message.
"""
import sys
import time

import paho.mqtt.client as mqtt

host, port, client_id, topic_filter, pause = sys.argv[1:]


def on_connect(client, userdata, flags, reason_code, properties):
    client.subscribe(topic_filter, qos=1)


def on_message(client, userdata, message):
    print(message.topic, message.payload.decode(), f"{time.time():.6f}", flush=True)
    time.sleep(float(pause))


client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id)
client.on_connect = on_connect
client.on_message = on_message
client.connect(host, int(port))
client.loop_forever()
