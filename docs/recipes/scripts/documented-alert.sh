#!/bin/bash
# Simple alert script - sends desktop notification on person detection

mosquitto_sub -h localhost -t "lightnvr/detections/#" | while read -r line; do
    # Extract stream name and check for person
    if echo "$line" | grep -q '"label":"person"'; then
        stream=$(echo "$line" | grep -oP '"stream":"\K[^"]+')
        notify-send "Person Detected" "Motion on $stream"
    fi
done
