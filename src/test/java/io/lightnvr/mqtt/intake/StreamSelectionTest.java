package io.lightnvr.mqtt.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightnvr.mqtt.event.DetectionFilter;
import io.lightnvr.mqtt.event.StreamName;
import io.lightnvr.mqtt.source.StreamList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamSelectionTest {

    private static final StreamName DOOR = new StreamName("front_door");
    private static final StreamName YARD = new StreamName("yard");
    private static final StreamName TYPO = new StreamName("front_dor");

    @Test
    void wantsEverythingWithoutAnOption() {
        StreamSelection.Selection selected = select(Set.of(), Set.of(), true, DOOR, YARD);

        assertThat(selected.wanted().streams())
                .extracting(StreamList.Stream::name)
                .containsExactly(DOOR, YARD);
        assertThat(selected.excluded()).isEmpty();
        assertThat(selected.unsure()).isEmpty();
    }

    @Test
    void excludesWhatIsNotNamed() {
        StreamSelection.Selection selected = select(Set.of(DOOR), Set.of(), true, DOOR, YARD);

        assertThat(selected.wanted().streams())
                .extracting(StreamList.Stream::name)
                .containsExactly(DOOR);
        assertThat(selected.excluded()).containsExactly(YARD);
    }

    @Test
    void isUnsureOfEveryStreamWhileANameMayBeMisspelled() {
        StreamSelection.Selection selected = select(Set.of(TYPO), Set.of(), true, DOOR, YARD);

        assertThat(selected.wanted().streams()).isEmpty();
        assertThat(selected.excluded()).isEmpty();
        assertThat(selected.unsure()).containsExactlyInAnyOrder(DOOR, YARD);
    }

    @Test
    void isSureOfIgnoredStreamsAllTheSame() {
        StreamSelection.Selection selected = select(Set.of(TYPO), Set.of(YARD), true, DOOR, YARD);

        assertThat(selected.excluded()).containsExactly(YARD);
        assertThat(selected.unsure()).containsExactly(DOOR);
    }

    @Test
    void suggestsTheNameThatWasProbablyMeant() {
        assertThat(StreamSelection.suggestion(TYPO, Set.of(DOOR, YARD))).isEqualTo(" (did you mean front_door?)");
        assertThat(StreamSelection.suggestion(new StreamName("kitchen"), Set.of(DOOR, YARD)))
                .isEmpty();
    }

    @Test
    void suspectsNothingWhileTheListIsIncomplete() {
        StreamSelection.Selection selected = select(Set.of(DOOR), Set.of(), false, YARD);

        assertThat(selected.unsure()).isEmpty();
        assertThat(selected.excluded()).containsExactly(YARD);
        assertThat(selected.wanted().complete()).isFalse();
    }

    private static StreamSelection.Selection select(
            Set<StreamName> streams, Set<StreamName> ignored, boolean complete, StreamName... listed) {
        StreamSelection selection = new StreamSelection(new DetectionFilter(Set.of(), 0, streams, ignored));
        return selection.select(new StreamList(
                List.of(listed).stream()
                        .map(name -> new StreamList.Stream(name, true, Optional.empty()))
                        .toList(),
                complete));
    }
}
