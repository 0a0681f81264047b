/** JSON as a tree. Jackson's nodes, without its mapper. */
package io.lightnvr.mqtt.json;
