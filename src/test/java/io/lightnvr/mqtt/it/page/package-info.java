/**
 * The page in a real browser: Debian's Chromium without a window, led by Selenium, looks at the pages of real bridges. It
 * downloads nothing and tells nobody.
 */
package io.lightnvr.mqtt.it.page;
