package io.lightnvr.mqtt.cli;

import io.lightnvr.mqtt.bridge.ConfigurationMapping;
import io.lightnvr.mqtt.broker.OneShotConnection;
import io.lightnvr.mqtt.check.CheckReport;
import io.lightnvr.mqtt.config.Configuration;
import io.lightnvr.mqtt.config.OptionsInForce;
import io.lightnvr.mqtt.config.RecorderEntry;
import io.lightnvr.mqtt.config.RecorderOption;
import io.lightnvr.mqtt.event.EventSummary;
import io.lightnvr.mqtt.status.Finding;
import io.lightnvr.mqtt.store.StoreException;
import io.lightnvr.mqtt.web.Page;
import io.lightnvr.mqtt.web.PageBackend.ActionException;
import io.lightnvr.mqtt.web.PageHost;
import io.lightnvr.mqtt.web.PageSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what the page asks of the process, with what the commands have. Thread-safe. */
final class PageOfProcess implements PageHost {

    private final ConfigurationChoice choice;
    private final List<RunningRecorder> recorders;
    private final List<PageOfBridge> pages;
    private final Supplier<List<Finding>> troubles;
    private final BooleanSupplier isWorking;
    private final Forgetting forgetting;

    /** What recorders without an entry have left; it only grows less. */
    private volatile List<RecorderFolders.Left> left;

    private PageOfProcess(
            ConfigurationChoice choice,
            List<RunningRecorder> recorders,
            Supplier<List<Finding>> troubles,
            BooleanSupplier isWorking) {
        this.choice = choice;
        this.recorders = recorders;
        this.pages = recorders.stream().map(PageOfBridge::new).toList();
        this.troubles = troubles;
        this.isWorking = isWorking;
        this.forgetting = new Forgetting(choice);
        this.left = forgetting.left();
    }

    /** The page of a process with a single recorder. */
    static PageOfProcess single(ConfigurationChoice choice, RunningRecorder recorder) {
        return new PageOfProcess(choice, List.of(recorder), List::of, recorder.bridge()::isWorking);
    }

    /** The page of a process with several recorders, of which some are running. */
    static PageOfProcess of(ConfigurationChoice choice, Recorders recorders) {
        return new PageOfProcess(choice, recorders.opened(), recorders::troubles, recorders::areWorking);
    }

    /**
     * Opens the page. Call it before the bridges are started.
     *
     * @param onError gets a fault after which the page cannot go on
     * @throws IOException if it cannot listen, with a sentence for people
     */
    Page open(PageSettings door, Consumer<Throwable> onError) throws IOException {
        long historyBytes = choice.configuration().web().historyBytes();
        List<Page.Recorder> shown = new ArrayList<>();
        for (int i = 0; i < recorders.size(); i++) {
            shown.add(pages.get(i)
                    .shown(Optional.of(recorders.get(i).name())
                            .filter(name -> choice.loaded().hasSeveral())));
        }
        Page page = new Page(door, new Page.Content(shown, Logging.LINES, historyBytes), this, onError);
        if (historyBytes > 0) {
            recorders.forEach(recorder -> recorder.bridge().keepPictures());
        }
        return page;
    }

    @Override
    public boolean isWorking() {
        return isWorking.getAsBoolean();
    }

    @Override
    public Map<String, String> configuration() {
        return OptionsInForce.of(choice.loaded());
    }

    @Override
    public List<Finding> troubles() {
        List<Finding> all = new ArrayList<>(troubles.get());
        left.forEach(
                one -> all.add(Finding.warning("configuration", Forgetting.sentence(one), Forgetting.whatToDo(one))));
        return all;
    }

    @Override
    public List<String> left() {
        return left.stream().map(RecorderFolders.Left::name).toList();
    }

    @Override
    public void check(Consumer<Finding> listener) throws InterruptedException {
        Examination.of(choice, choice.loaded().recorders(), new CheckReport(listener), Optional.empty());
    }

    @Override
    public String forgetRecorder(String name) throws ActionException, InterruptedException {
        RecorderFolders.Left one =
                forgetting.left(name).orElseThrow(() -> new ActionException("Nothing is left of the recorder " + name));
        try {
            int devices = forgetting.forget(one);
            left = forgetting.left();
            return "The bridge has removed the recorder " + name + " with " + devices + " devices";
        } catch (StoreException | OneShotConnection.FailedException | Forgetting.InUseException e) {
            throw new ActionException(e.getMessage());
        } catch (IOException e) {
            throw new ActionException("Its files cannot be deleted: " + e);
        }
    }

    @Override
    public String anonymous(String text) {
        Configuration.HomeAssistant homeAssistant = choice.configuration().homeAssistant();
        Pseudonyms pseudonyms = new Pseudonyms()
                .keep(OptionsInForce.of(choice.configuration()).keySet())
                .keep(RecorderOption.names())
                .keep(EventSummary.types(ConfigurationMapping.groups(homeAssistant)))
                .keep(homeAssistant.groups().keySet());
        pages.forEach(page -> page.hideNames(pseudonyms));
        if (choice.loaded().hasSeveral()) {
            choice.loaded().recorders().stream()
                    .map(RecorderEntry::name)
                    .filter(name -> !name.equals(Configuration.Nvr.UNNAMED))
                    .forEach(name -> pseudonyms.hide("recorder", name));
        }
        return pseudonyms.apply(text);
    }
}
