package io.lightnvr.mqtt.it.page;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A part of what can be seen, pixel by pixel. */
final class Pixels {

    /** Colours as the page has them. */
    static final Color PERSON = new Color(0xffc145);

    static final Color OCCUPIED = new Color(0x7fd6ff);

    private static final int NEAR = 40;

    private final BufferedImage image;

    /** @param image of the part alone */
    Pixels(BufferedImage image) {
        this.image = image;
    }

    int width() {
        return image.getWidth();
    }

    int height() {
        return image.getHeight();
    }

    /** The part where the cameras' picture is, however the page has placed it; a zone's colour may lie over it. */
    Pixels picture() {
        List<Integer> columns = places(width(), x -> isGround(x, height() - 2));
        List<Integer> rows = places(height(), y -> isGround(width() / 2, y));
        if (columns.isEmpty() || rows.isEmpty()) {
            return new Pixels(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        }
        int left = columns.get(0);
        int top = rows.get(0);
        return new Pixels(image.getSubimage(
                left, top, columns.get(columns.size() - 1) + 1 - left, rows.get(rows.size() - 1) + 1 - top));
    }

    /** Whether a line of a colour crosses a row at a column, both in parts of the whole; it may be off by two pixels. */
    boolean crossesRow(Color colour, double x, double y) {
        int row = (int) (y * height());
        int column = (int) Math.round(x * width());
        return places(width(), at -> Math.abs(at - column) <= 2 && is(at, row, colour))
                        .size()
                > 0;
    }

    /** Whether a line of a colour crosses a column at a row. */
    boolean crossesColumn(Color colour, double x, double y) {
        int column = (int) (x * width());
        int row = (int) Math.round(y * height());
        return places(height(), at -> Math.abs(at - row) <= 2 && is(column, at, colour))
                        .size()
                > 0;
    }

    /** How many pixels of a row have a colour. */
    int countInRow(Color colour, double y) {
        int row = (int) (y * height());
        return places(width(), x -> is(x, row, colour)).size();
    }

    private boolean isGround(int x, int y) {
        Color seen = new Color(image.getRGB(x, y));
        return seen.getGreen() > 100 && seen.getRed() < 70 && seen.getBlue() < 90;
    }

    private boolean is(int x, int y, Color wanted) {
        if (x < 0 || y < 0 || x >= width() || y >= height()) {
            return false;
        }
        Color seen = new Color(image.getRGB(x, y));
        return Math.abs(seen.getRed() - wanted.getRed()) < NEAR
                && Math.abs(seen.getGreen() - wanted.getGreen()) < NEAR
                && Math.abs(seen.getBlue() - wanted.getBlue()) < NEAR;
    }

    private static List<Integer> places(int count, IntPredicate condition) {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < count; place++) {
            if (condition.test(place)) {
                places.add(place);
            }
        }
        return places;
    }
}
