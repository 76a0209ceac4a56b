package dev.vitals.scrubbing;

/**
 * What stands in the place of a finding. An implementation is called by many threads at once; where it throws, the whole
 * text becomes {@code [unscrubbable]}.
 */
@FunctionalInterface
public interface Replacement {
    /**
     * {@return what to put in the place of a finding, empty to remove it}
     *
     * @param kind what was found
     * @param found the text that was found
     */
    String replace(Kind kind, CharSequence found);

    /** {@return the kind's label: {@code [email]}; the default} */
    static Replacement label() {
        return (kind, found) -> kind.label();
    }
}
