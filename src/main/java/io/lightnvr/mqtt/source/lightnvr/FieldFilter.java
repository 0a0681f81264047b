package io.lightnvr.mqtt.source.lightnvr;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.Set;

/** Keeps some fields of objects, wherever they are, and skips all others: a long list takes no more memory than what is read of it. */
final class FieldFilter extends TokenFilter {

    private final Set<String> fields;

    FieldFilter(Set<String> fields) {
        this.fields = fields;
    }

    @Override
    public TokenFilter includeProperty(String name) {
        return fields.contains(name) ? INCLUDE_ALL : null;
    }

    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
        return true;
    }

    @Override
    public boolean includeEmptyArray(boolean contentsFiltered) {
        return true;
    }
}
