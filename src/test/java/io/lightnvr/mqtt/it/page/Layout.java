package io.lightnvr.mqtt.it.page;

/** How a page lies in its window. */
final class Layout {

    /** Elements that reach beyond the window, if the page can be scrolled there. */
    private static final String WIDEST = """
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return '';
            return [...document.querySelectorAll('body *')]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > root.clientWidth + 1)
                .map(e => `${e.tagName} ${e.id} ${e.className}`).slice(0, 10).join(', ') || 'the page';""";

    private Layout() {}

    /** What makes the page wider than its window; {@code ""} if nothing does. */
    static String widest(Chromium browser) {
        return browser.run(WIDEST).toString();
    }
}
