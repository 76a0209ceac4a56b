package dev.vitals.scrubbing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Makes a scrubber. For one thread; what it has built does not change with it. */
public final class ScrubberBuilder {
    private static final int MOST_OWN = 32;
    private static final int WINDOW = 256;

    private final List<Kind> own = new ArrayList<>();
    private final List<Literal> literals = new ArrayList<>();
    private final Set<String> sensitive = new HashSet<>();
    private final Set<String> ordinary = new HashSet<>();
    private final Set<String> allowed = new HashSet<>();
    private final Map<Kind, Replacement> replacements = new HashMap<>();
    private @Nullable Replacement all;
    private long kinds = Kind.ALL;
    private int longest = Rules.LONGEST;

    ScrubberBuilder() {}

    /**
     * Looks for these built-in kinds alone.
     *
     * @param kinds what to look for; own detectors are looked for besides
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public ScrubberBuilder only(Kind... kinds) {
        if (kinds.length == 0) {
            throw new IllegalArgumentException(
                    "no kind is named, and nothing would be scrubbed: there are " + Kind.BUILT_IN);
        }
        this.kinds = bits(kinds);
        return this;
    }

    /**
     * Does not look for these built-in kinds.
     *
     * @param kinds what to leave in the text
     * @return this
     */
    public ScrubberBuilder without(Kind... kinds) {
        this.kinds &= ~bits(kinds);
        return this;
    }

    private static long bits(Kind... kinds) {
        long bits = 0;
        for (Kind kind : kinds) {
            if (kind.id() < 0) {
                throw new IllegalArgumentException("no built-in kind: " + kind + "; there are " + Kind.BUILT_IN
                        + ", and an own one is looked for where it has a detector");
            }
            bits |= 1L << kind.id();
        }
        return bits;
    }

    /**
     * Adds a detector of an application's own.
     *
     * @param kind what it finds
     * @param trigger a literal that every such finding begins with, at least two printable ASCII characters, case and
     *     all; the rarer, the cheaper
     * @param verifier told the text from the trigger on, 256 characters at most, it says how many of them belong to
     *     the finding, 0 for none. It is called by many threads at once; where it throws, the whole text becomes
     *     {@code [unscrubbable]}
     * @return this
     * @throws IllegalArgumentException if the trigger cannot be one, or there are more than 32 kinds of one's own
     */
    public ScrubberBuilder detector(Kind kind, String trigger, ToIntFunction<? super CharSequence> verifier) {
        requireNonNull(verifier, "verifier");
        if (trigger.length() < 2 || !trigger.chars().allMatch(c -> c >= ' ' && c < Triggers.OTHER)) {
            throw new IllegalArgumentException(
                    "a trigger is at least two printable ASCII characters, such as \"EMP-\": \"" + trigger + "\"");
        }
        int id = kind.id() >= 0 ? kind.id() : Rules.FIRST_OWN + number(kind);
        literals.add(new Literal(trigger, (text, at, from, ignored) -> {
            CharSequence window = text.subSequence(at, Math.min(text.length(), at + WINDOW));
            int length = Math.min(window.length(), verifier.applyAsInt(window));
            return Found.of(id, at, at + length);
        }));
        return this;
    }

    private int number(Kind kind) {
        int number = own.indexOf(kind);
        if (number >= 0) {
            return number;
        }
        if (own.size() == MOST_OWN) {
            throw new IllegalArgumentException("more than " + MOST_OWN + " kinds of one's own: share a kind among"
                    + " detectors instead of " + kind);
        }
        own.add(kind);
        return own.size() - 1;
    }

    /**
     * Makes names sensitive that the standard scrubber holds for ordinary.
     *
     * @param names in any writing: {@code customerNumber} also means {@code customer_number}
     * @return this
     * @throws IllegalArgumentException if a name has no letter
     */
    public ScrubberBuilder sensitiveKeys(String... names) {
        return names(sensitive, names);
    }

    /**
     * Makes names ordinary that the standard scrubber holds for sensitive.
     *
     * @param names whole names in any writing: {@code sessionId} also means {@code session_id}
     * @return this
     * @throws IllegalArgumentException if a name has no letter
     */
    public ScrubberBuilder ordinaryKeys(String... names) {
        return names(ordinary, names);
    }

    private ScrubberBuilder names(Set<String> to, String... names) {
        for (String name : names) {
            if (name.chars().noneMatch(Character::isLetter)) {
                throw new IllegalArgumentException("a name needs a letter: \"" + name + "\"");
            }
            to.add(name);
        }
        return this;
    }

    /**
     * Leaves values in the text that are not private, such as a service's own address.
     *
     * @param values whole findings, their case does not matter
     * @return this
     */
    public ScrubberBuilder allow(String... values) {
        for (String value : values) {
            allowed.add(value.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /**
     * Replaces findings of one kind in another way than by its label.
     *
     * @param kind what was found
     * @param replacement what to put in its place
     * @return this
     */
    public ScrubberBuilder replace(Kind kind, Replacement replacement) {
        replacements.put(requireNonNull(kind, "kind"), requireNonNull(replacement, "replacement"));
        return this;
    }

    /**
     * Replaces findings of every kind, own ones too, in another way than by their label; a kind of which {@link
     * #replace(Kind, Replacement)} says something else goes before that.
     *
     * @param replacement what to put in their place
     * @return this
     */
    public ScrubberBuilder replaceAll(Replacement replacement) {
        all = requireNonNull(replacement, "replacement");
        return this;
    }

    /**
     * Bounds how much of one text is read; what is behind it is not sent.
     *
     * @param characters 1,024 to 16,777,216
     * @return this
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public ScrubberBuilder longestText(int characters) {
        if (characters < 1024 || characters > 16 * 1024 * 1024) {
            throw new IllegalArgumentException("the longest text is 1,024 to 16,777,216 characters: " + characters);
        }
        longest = characters;
        return this;
    }

    /** {@return the scrubber} */
    public Scrubber build() {
        List<Literal> triggers = new ArrayList<>(literals);
        Keys keys = Keys.with(sensitive, ordinary);
        triggers.addAll(Rules.literals(kinds, keys));
        return new Scrubber(new Rules(
                new Triggers(triggers),
                kinds,
                List.copyOf(own),
                keys,
                Set.copyOf(allowed),
                Map.copyOf(each()),
                longest));
    }

    private Map<Kind, Replacement> each() {
        Map<Kind, Replacement> each = new HashMap<>();
        if (all != null) {
            for (Kind kind : Kind.BUILT_IN) {
                each.put(kind, all);
            }
            for (Kind kind : own) {
                each.put(kind, all);
            }
        }
        each.putAll(replacements);
        return each;
    }
}
