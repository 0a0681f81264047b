package io.lightnvr.mqtt.it.page;

/**
 * Somebody who calls at the front door of the demo, for pictures of <em>Live</em>. While they walk, their picture is of another
 * moment than their box; while they wait at the door, both are of one place.
 */
public final class Caller {

    /** A script that counts from now on, as {@code seen}, how many pictures each tile has had. */
    public static final String WATCH_PICTURES = """
            for (const tile of document.querySelectorAll('.tile')) {
                tile.seen = 0;
                tile.querySelector('img').addEventListener('load', () => tile.seen++);
            }""";

    /** A script that returns {@code true} while they wait, also in the tile's picture, and another camera sees something, too. */
    public static final String WAITS = """
            const box = document.querySelector('.tile .box.tint-0');
            const waits = box && Math.abs(box.getAttribute('x') - 0.58) < 0.001;
            const tile = box?.closest('.tile');
            window.from = waits ? window.from ?? tile.seen : undefined;
            return waits && tile.seen > window.from + 1
                && document.querySelectorAll('.tile:has(.overlay:not(.faded) .box)').length > 1;""";

    private Caller() {}
}
