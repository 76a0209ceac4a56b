package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one scrubber looks for and what it puts in its place. Immutable.
 *
 * @param triggers where to look
 * @param kinds the bits of the built-in kinds that are looked for
 * @param own an application's own kinds, whose numbers begin at {@link #FIRST_OWN}
 * @param keys which names are sensitive
 * @param allowed values in lower case that are not private
 * @param replacements by kind, where it is not the label
 * @param longest how many characters of a text are read
 */
record Rules(
        Triggers triggers,
        long kinds,
        List<Kind> own,
        Keys keys,
        Set<String> allowed,
        Map<Kind, Replacement> replacements,
        int longest) {
    static final int FIRST_OWN = 64;
    static final int LONGEST = 4 * 1024 * 1024;

    static final Rules STANDARD = new Rules(
            new Triggers(literals(Kind.ALL, Keys.STANDARD)),
            Kind.ALL,
            List.of(),
            Keys.STANDARD,
            Set.of(),
            Map.of(),
            LONGEST);

    /** {@return the literals of the built-in kinds} */
    static List<Literal> literals(long kinds, Keys keys) {
        List<Literal> literals = new ArrayList<>();
        if (Kind.CREDENTIALS.in(kinds) || Kind.JWT.in(kinds)) {
            literals.addAll(Credentials.literals());
        }
        if (Kind.TOKEN.in(kinds)) {
            literals.addAll(VendorTokens.literals());
        }
        if (Kind.PEM.in(kinds)) {
            literals.addAll(Pems.literals());
        }
        if (Kind.USER_NAME.in(kinds)) {
            literals.addAll(HomeDirectories.literals());
        }
        if (Kind.EMAIL.in(kinds)) {
            literals.addAll(Emails.literals());
        }
        if (Kind.SECRET.in(kinds)) {
            literals.addAll(Elements.literals(keys));
        }
        if (Kind.HIGH_ENTROPY.in(kinds)) {
            literals.addAll(RandomValues.literals());
        }
        if (Kind.CREDENTIALS.in(kinds)) {
            literals.addAll(CommandLines.literals());
        }
        return literals;
    }

    Kind kind(long found) {
        int id = Found.kind(found);
        return id < FIRST_OWN ? Kind.BUILT_IN.get(id) : own.get(id - FIRST_OWN);
    }

    boolean allows(CharSequence text, long found) {
        return !allowed.isEmpty()
                && allowed.contains(text.subSequence(Found.start(found), Found.end(found))
                        .toString()
                        .toLowerCase(Locale.ROOT));
    }

    String replacement(CharSequence text, long found) {
        Kind kind = kind(found);
        Replacement replacement = replacements.get(kind);
        return replacement == null
                ? kind.label()
                : Objects.requireNonNull(
                        replacement.replace(kind, text.subSequence(Found.start(found), Found.end(found))));
    }

    /** {@return what goes in the place of a value whose name says that it is a secret} */
    String redacted(CharSequence value) {
        Replacement replacement = replacements.get(Kind.SECRET);
        if (replacement == null) {
            return Scrubber.REPLACEMENT;
        }
        boolean replaced = value.length() > 0 && Labels.end(value, 0) == value.length();
        return replaced ? value.toString() : replacement.replace(Kind.SECRET, value);
    }
}
