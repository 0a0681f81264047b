package io.lightnvr.mqtt.source.lightnvr;

import io.lightnvr.mqtt.source.Mark;
import io.lightnvr.mqtt.source.SeenRows;
import java.util.Collection;
import java.util.List;

/**
 * Tells whether a page is true though it was read once. The recorder answers from two queries, contents and timestamps. If rows
 * come in between them, each content has the timestamp of a row before it.
 *
 * <p>So two successive rows below everything new prove the page, if both are known, of different seconds, and like no other:
 * a content that is in the page once, and in a second that the page shows to its end, is that known row and no other one. Had
 * rows come in before it, the older of the two would have the second of the newer one, or a later one.
 */
final class PageProof {

    private final List<Row> rows;
    private final long oldest;
    private final SeenRows seen;

    private PageProof(Page page, SeenRows seen) {
        this.rows = page.rows();
        this.oldest = page.isFull() ? page.oldest() : ScanRange.BEFORE_ALL;
        this.seen = seen;
    }

    /**
     * Returns whether a page with something new is certainly true.
     *
     * @param unknown the marks of what is new
     * @param seen the rows that are known
     */
    static boolean holds(Page page, Collection<Mark> unknown, SeenRows seen) {
        return new PageProof(page, seen).holdsBelow(unknown);
    }

    private boolean holdsBelow(Collection<Mark> unknown) {
        int older = rows.size() - 1;
        while (older > 0 && !unknown.contains(rows.get(older).mark())) {
            Row newer = rows.get(older - 1);
            if (newer.second() > rows.get(older).second() && isLikeNoOther(newer) && isLikeNoOther(rows.get(older))) {
                return true;
            }
            older--;
        }
        return false;
    }

    private boolean isLikeNoOther(Row row) {
        return row.second() > oldest
                && seen.count(row.mark()) == 1
                && rows.stream()
                                .filter(other -> other.fingerprint() == row.fingerprint())
                                .count()
                        == 1;
    }
}
