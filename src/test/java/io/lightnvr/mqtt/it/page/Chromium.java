package io.lightnvr.mqtt.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lightnvr.mqtt.it.Eventually;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * One Chromium without a window for all tests of a class. Each test has a tab of its own, with nothing set; after each it is
 * seen to that no script failed and that the page asked nobody but the bridge.
 */
final class Chromium implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, AfterAllCallback {

    /** Its pages are as wide, unless a test wants another size. */
    static final int WIDTH = 1280;

    private static final int HEIGHT = 900;
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final Path SHOTS = Path.of("target", "page-failures");
    private static final JsonMapper JSON = new JsonMapper();

    /** Knows no newer browser, which it says at each start; the commands that are used here do not change. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    /** Runs before each page's own scripts. */
    private static final String WATCH = """
            window.faults = [];
            addEventListener('error', event => window.faults.push('error: ' + event.message));
            addEventListener('unhandledrejection', event => window.faults.push('rejection: ' + event.reason));
            document.addEventListener('securitypolicyviolation',
                event => window.faults.push('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
            window.alert = text => window.faults.push('alert: ' + text);
            """;

    private final List<String> requests = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private ChromeDriver driver;

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(DRIVER)
                .as("Debian's chromium-driver, which .ci/test installs")
                .exists();
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--force-color-profile=srgb",
                "--lang=en");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        SELENIUM.setLevel(Level.SEVERE);
        driver = new ChromeDriver(service, options);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        newTab();
        command("Browser.resetPermissions", Map.of());
        readLogs();
        requests.clear();
        complaints.clear();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        try {
            if (context.getExecutionException().isPresent()) {
                show(context.getDisplayName());
            } else {
                assertThat(faults()).as("what the page's scripts did wrong").isEmpty();
            }
        } finally {
            closeTabs();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    /** Opens a tab, in which the next pages are opened. */
    Chromium newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        return size(WIDTH, HEIGHT);
    }

    /** Leaves one that is empty, since without a tab the browser ends. */
    private void closeTabs() {
        List<String> tabs = new ArrayList<>(driver.getWindowHandles());
        driver.switchTo().newWindow(WindowType.TAB);
        String last = driver.getWindowHandle();
        for (String tab : tabs) {
            driver.switchTo().window(tab).close();
        }
        driver.switchTo().window(last);
    }

    Chromium open(String url) {
        driver.get(url);
        return this;
    }

    /** Opens a page of which the browser may say that it does not come. */
    Chromium visit(String url) {
        try {
            return open(url);
        } catch (WebDriverException e) {
            return this;
        }
    }

    Chromium reload() {
        driver.navigate().refresh();
        return this;
    }

    /** Makes the page's window so large. */
    Chromium size(int width, int height) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Has the reader prefer something, such as {@code prefers-color-scheme} {@code dark}; all else is forgotten. */
    Chromium prefer(String feature, String value) {
        command("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
        return this;
    }

    /** Has the reader speak these languages, as in {@code de-AT,de}. */
    Chromium speak(String languages) {
        command(
                "Emulation.setUserAgentOverride",
                Map.of("userAgent", run("return navigator.userAgent"), "acceptLanguage", languages));
        return this;
    }

    /** Gives the page permission for something, as the reader would. */
    Chromium permit(String... permissions) {
        command("Browser.grantPermissions", Map.of("permissions", List.of(permissions)));
        return this;
    }

    /** Takes a permission from the page. */
    Chromium forbid(String permission) {
        command("Browser.setPermission", Map.of("permission", Map.of("name", permission), "setting", "denied"));
        return this;
    }

    /** Presses keys, one after the other. */
    Chromium press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
        return this;
    }

    /** Clicks on the first element that matches, as soon as it is there. */
    Chromium click(String selector) {
        await(selector, "return !!" + visible(selector));
        Eventually.isSo("a click on " + selector, () -> isClicked(selector));
        return this;
    }

    /** Not while the page draws itself anew. */
    private boolean isClicked(String selector) {
        try {
            run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector);
            element(selector).click();
            return true;
        } catch (ElementNotInteractableException | StaleElementReferenceException e) {
            return false;
        }
    }

    /** Writes into the first element that matches, in place of what stands there. */
    Chromium write(String selector, String text) {
        WebElement field = element(selector);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    private WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Chooses an option of a {@code select} by its value, as a reader does. */
    Chromium choose(String selector, String value) {
        await(value + " in " + selector, "return !!document.querySelector(arguments[0])", option(selector, value));
        element(option(selector, value)).click();
        return this;
    }

    private static String option(String selector, String value) {
        return selector + " option[value='" + value + "']";
    }

    /** What a script returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What a script tells at last, by a function that is its last argument. */
    Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** Waits until a script returns {@code true}. */
    Chromium await(String what, String script, Object... arguments) {
        Eventually.isSo(what, () -> Boolean.TRUE.equals(run(script, arguments)));
        return this;
    }

    /** Waits until an element can be seen. */
    Chromium await(String selector) {
        return await(selector, "return !!" + visible(selector));
    }

    /** Waits until no such element can be seen. */
    Chromium awaitNo(String selector) {
        return await("the end of " + selector, "return !" + visible(selector));
    }

    /** Waits until an element that can be seen holds a text. */
    Chromium awaitText(String selector, String text) {
        Eventually.isSo("\"" + text + "\" in " + selector, () -> text(selector).contains(text));
        return this;
    }

    /** The text of all elements that match, as it is seen; {@code ""} if there are none. */
    String text(String selector) {
        return run("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText).join('\\n')", selector)
                .toString();
    }

    /** How many elements match and can be seen. */
    int count(String selector) {
        Object count = run(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length",
                selector);
        return ((Number) count).intValue();
    }

    private static String visible(String selector) {
        return "[...document.querySelectorAll(\"" + selector.replace("\"", "\\\"")
                + "\")].find(e => e.checkVisibility())";
    }

    /** What can be seen now. */
    BufferedImage screenshot() {
        try {
            return ImageIO.read(new ByteArrayInputStream(png()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as a file. */
    byte[] png() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** Gives the browser a command of its own protocol. */
    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    WebDriver driver() {
        return driver;
    }

    /** The addresses of all that the pages of the test have asked for, which are not their own. */
    List<String> requests() {
        readLogs();
        return requests;
    }

    /** What the browser has said of requests that failed. */
    List<String> failedRequests() {
        readLogs();
        return complaints.stream().filter(Chromium::isOfNetwork).toList();
    }

    /** What the page did wrong: scripts that failed, and what the policy forbids. */
    List<String> faults() {
        readLogs();
        List<String> seen = new ArrayList<>();
        for (String tab : driver.getWindowHandles()) {
            driver.switchTo().window(tab);
            ((List<?>) run("return window.faults ?? []")).forEach(fault -> seen.add(fault.toString()));
        }
        return Stream.concat(seen.stream(), complaints.stream().filter(complaint -> !isOfNetwork(complaint)))
                .toList();
    }

    private static boolean isOfNetwork(String complaint) {
        return complaint.contains("Failed to load resource") || complaint.contains("net::ERR_");
    }

    private void readLogs() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = json(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.at("/params/request/url").asText());
            }
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(String test) {
        System.err.printf("--- %s: %s%n%s%n%s%n", test, driver.getCurrentUrl(), text("body"), faults());
        try {
            Files.createDirectories(SHOTS);
            Files.write(SHOTS.resolve(test.replaceAll("\\W", "") + ".png"), png());
        } catch (IOException e) {
            System.err.println("The page could not be kept as a picture: " + e.getMessage());
        }
    }
}
