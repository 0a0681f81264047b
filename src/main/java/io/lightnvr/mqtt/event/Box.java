package io.lightnvr.mqtt.event;

/**
 * Where in the picture a detection is: left, top, width and height as parts of the picture, usually 0 to 1. The
 * recorder stores float32 values, so float32 they are here; -0 is 0.
 */
public record Box(float x, float y, float width, float height) {

    public Box {
        if (!Float.isFinite(x) || !Float.isFinite(y) || !Float.isFinite(width) || !Float.isFinite(height)) {
            throw new IllegalArgumentException("A box needs four finite numbers");
        }
        // Adding 0 turns -0 into 0 and leaves every other number alone.
        x += 0f;
        y += 0f;
        width += 0f;
        height += 0f;
    }

    /** The whole picture, which is what triggered detections carry. */
    public static Box whole() {
        return new Box(0, 0, 1, 1);
    }

    public float centreX() {
        return x + width / 2;
    }

    public float centreY() {
        return y + height / 2;
    }
}
