package io.lightnvr.mqtt.demo.scene;

import io.lightnvr.mqtt.demo.recorder.SimulatedRow;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Draws what a simulated camera sees: a place in the evening, and in it whatever its detector has found, where that was found. */
final class CameraPicture {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final Color[] SKIES = {
        new Color(0x2f4a6d), new Color(0x5a4a72), new Color(0x35605f), new Color(0x6d5a44)
    };
    private static final Color[] GROUNDS = {
        new Color(0x4a5a3f), new Color(0x57575c), new Color(0x3f6242), new Color(0x4d5f38)
    };
    private static final Color HORIZON = new Color(0xd9a877);
    private static final Color WALL = new Color(0x8d7a6b);
    private static final Color ROOF = new Color(0x4b3a36);
    private static final Color LIGHT = new Color(0xffe3a0);
    private static final Color SHADOW = new Color(0, 0, 0, 70);

    private CameraPicture() {}

    /**
     * A JPEG of a place with some things in it.
     *
     * @param number of the camera, from 0 up; four in a row see different places
     */
    static byte[] jpeg(int number, List<SimulatedRow> things) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        place(pen, number % SKIES.length);
        things.forEach(thing -> thing(pen, thing));
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void place(Graphics2D pen, int kind) {
        int horizon = HEIGHT * 2 / 5;
        pen.setPaint(new GradientPaint(0, 0, SKIES[kind], 0, horizon, HORIZON));
        pen.fill(new Rectangle2D.Double(0, 0, WIDTH, horizon));
        pen.setPaint(new GradientPaint(0, horizon, GROUNDS[kind], 0, HEIGHT, GROUNDS[kind].darker()));
        pen.fill(new Rectangle2D.Double(0, horizon, WIDTH, HEIGHT - horizon));
        int left = 60 + kind * 110;
        pen.setColor(WALL);
        pen.fill(new Rectangle2D.Double(left, horizon - 60, 190, 80));
        pen.setColor(ROOF);
        pen.fill(polygon(left - 14, horizon - 58, left + 95, horizon - 112, left + 204, horizon - 58));
        pen.setColor(LIGHT);
        pen.fill(new Rectangle2D.Double(left + 24, horizon - 42, 26, 24));
        pen.fill(new Rectangle2D.Double(left + 138, horizon - 42, 26, 24));
        pen.setColor(ROOF);
        pen.fill(new Rectangle2D.Double(left + 82, horizon - 36, 28, 56));
        pen.setColor(GROUNDS[kind].brighter());
        pen.fill(polygon(left + 80, horizon + 20, left + 112, horizon + 20, WIDTH * 0.72, HEIGHT, WIDTH * 0.3, HEIGHT));
    }

    private static void thing(Graphics2D pen, SimulatedRow row) {
        double x = row.x() * WIDTH;
        double y = row.y() * HEIGHT;
        double width = row.width() * WIDTH;
        double height = row.height() * HEIGHT;
        switch (row.label()) {
            case "person" -> person(pen, x, y, width, height);
            case "car" -> car(pen, x, y, width, height);
            case "dog", "cat" -> animal(pen, x, y, width, height, row.label().equals("dog"));
            case "package" -> parcel(pen, x, y, width, height);
            default -> {
                // What moves is not always a thing.
            }
        }
    }

    private static void shadow(Graphics2D pen, double x, double y, double width, double height) {
        pen.setColor(SHADOW);
        pen.fill(new Ellipse2D.Double(x, y + height - height / 12, width, height / 8));
    }

    private static void person(Graphics2D pen, double x, double y, double width, double height) {
        shadow(pen, x, y, width, height);
        pen.setColor(new Color(0x26323f));
        pen.fill(new RoundRectangle2D.Double(x + width * 0.28, y + height * 0.52, width * 0.2, height * 0.46, 8, 8));
        pen.fill(new RoundRectangle2D.Double(x + width * 0.52, y + height * 0.52, width * 0.2, height * 0.46, 8, 8));
        pen.setColor(new Color(0xb5482f));
        pen.fill(new RoundRectangle2D.Double(x + width * 0.18, y + height * 0.2, width * 0.64, height * 0.4, 16, 16));
        pen.setColor(new Color(0xe0b48f));
        pen.fill(new Ellipse2D.Double(x + width / 2 - height * 0.09, y, height * 0.18, height * 0.19));
    }

    private static void car(Graphics2D pen, double x, double y, double width, double height) {
        shadow(pen, x, y, width, height);
        pen.setColor(new Color(0x2e5d8f));
        pen.fill(new RoundRectangle2D.Double(x, y + height * 0.42, width, height * 0.42, 18, 18));
        pen.fill(polygon(
                x + width * 0.16,
                y + height * 0.46,
                x + width * 0.3,
                y + height * 0.06,
                x + width * 0.7,
                y + height * 0.06,
                x + width * 0.86,
                y + height * 0.46));
        pen.setColor(new Color(0xbfd6e6));
        pen.fill(polygon(
                x + width * 0.24,
                y + height * 0.42,
                x + width * 0.34,
                y + height * 0.14,
                x + width * 0.66,
                y + height * 0.14,
                x + width * 0.77,
                y + height * 0.42));
        pen.setColor(LIGHT);
        pen.fill(new Ellipse2D.Double(x + width * 0.9, y + height * 0.52, width * 0.08, height * 0.12));
        pen.setColor(new Color(0x17191c));
        double wheel = height * 0.32;
        pen.fill(new Ellipse2D.Double(x + width * 0.14, y + height - wheel, wheel, wheel));
        pen.fill(new Ellipse2D.Double(x + width * 0.86 - wheel, y + height - wheel, wheel, wheel));
    }

    private static void animal(Graphics2D pen, double x, double y, double width, double height, boolean isDog) {
        shadow(pen, x, y, width, height);
        pen.setColor(isDog ? new Color(0x8a5a33) : new Color(0x33302f));
        pen.fill(new RoundRectangle2D.Double(x + width * 0.14, y + height * 0.34, width * 0.6, height * 0.36, 20, 20));
        pen.fill(new Ellipse2D.Double(x + width * 0.64, y + height * 0.08, width * 0.34, height * 0.42));
        for (double leg : new double[] {0.18, 0.3, 0.56, 0.66}) {
            pen.fill(new Rectangle2D.Double(x + width * leg, y + height * 0.6, width * 0.08, height * 0.38));
        }
        pen.setStroke(
                new BasicStroke((float) Math.max(2, width * 0.06), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D tail = new Path2D.Double();
        tail.moveTo(x + width * 0.16, y + height * 0.42);
        tail.quadTo(x + width * 0.02, y + height * 0.3, x + width * 0.06, y + height * 0.06);
        pen.draw(tail);
    }

    private static void parcel(Graphics2D pen, double x, double y, double width, double height) {
        shadow(pen, x, y, width, height);
        pen.setColor(new Color(0xa9835a));
        pen.fill(new Rectangle2D.Double(x, y, width, height));
        pen.setColor(new Color(0xd8bf94));
        pen.fill(new Rectangle2D.Double(x + width * 0.42, y, width * 0.16, height));
    }

    private static Path2D polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }
}
