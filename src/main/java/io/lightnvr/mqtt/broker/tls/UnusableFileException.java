package io.lightnvr.mqtt.broker.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A file that cannot be used for TLS. The message is a sentence for people, without secrets. */
public final class UnusableFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final String file;
    private final String rule;
    private final String whatToDo;

    UnusableFileException(String option, Path file, String rule, String whatToDo) {
        super("%s: %s %s; %s".formatted(option, file, rule, whatToDo));
        this.option = option;
        this.file = file.toString();
        this.rule = rule;
        this.whatToDo = whatToDo;
    }

    /** The option that names the file. */
    public String option() {
        return option;
    }

    /** Its path. */
    public String file() {
        return file;
    }

    /** What is wrong with it: the predicate of a sentence. */
    public String rule() {
        return rule;
    }

    /** What to do about it. */
    public String whatToDo() {
        return whatToDo;
    }
}
