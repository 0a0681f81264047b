package io.lightnvr.mqtt.event;

/**
 * The place of a detection in the picture: left, top, width and height as fractions of the picture, usually 0 to 1. All
 * are float32, as the recorder stores them; -0 becomes 0.
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

    /** The whole picture, the box of a triggered detection. */
    public static Box whole() {
        return new Box(0, 0, 1, 1);
    }

    /** Returns the x of its centre, as a fraction of the picture's width. */
    public float centreX() {
        return x + width / 2;
    }

    /** Returns the y of its centre, as a fraction of the picture's height. */
    public float centreY() {
        return y + height / 2;
    }
}
