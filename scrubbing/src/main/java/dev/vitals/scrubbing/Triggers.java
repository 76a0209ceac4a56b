package dev.vitals.scrubbing;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of two neighbouring characters whether anything may begin, or be, there. One look into a table of 16 KB for each
 * character, which depends on no look before it: that is what makes the way over a clean text fast. A literal is entered
 * by its two rarest neighbours.
 */
final class Triggers {
    static final int DIGIT = 1;
    static final int COLON = 2;
    static final int EQUALS = 4;
    static final int AT = 8;
    static final int LITERAL = 16;

    /** Stands for every character that is not ASCII, and for the one before the first. */
    static final int OTHER = 127;

    private static final int SIZE = 128;

    // Letters by how frequent they are in logs, the most frequent last; signs not named here count as frequent.
    private static final String FREQUENT =
            "~^QXZJYVKWHqzUGFjxBDLMPO&#RNTISACE$'kvb;*+|>w<{}_yfphg!?@%udm\"clsnri,)(toaeX0123456789[]=:/-. ";

    /** Neighbours that logs are full of, the most frequent first. */
    private static final List<String> COMMON = WordTable.words("""
            or er at es st in it al re on ta te .j th he ja ea ti se ng an et ec de un Te s. ne ed av le va
            io ls to en vi la me e. ch t. ra ut nt r. a: ar as lt is ni ro co ev ct el il tr .v ri ur v. ic
            ce nd ve cu ac g. .h ha s: li .c pl pp ca ts rg .s fo ai ru ju d: xe pe ns ap l. gi rs .e hi rc
            nc rt rr ex Co Fa od om IN pr h. be im NF FO pt ep ot up po rm tt au ou In ke ry rv nn am ef Ex
            ab ip tf ck su ad ba Re y. eT ma lu a. Ti e( .p ps ki k. n: .b hr n. [I O] na ol No Er ie da r:
            ~[ Ch .l Th oo ss ho Me .r ll cs sp no m. bl oc .m Se ge fa s- o. ul cr ow si lo tT fi .S tp t:
            pa qu vo mp t- .i of De He so ue ir us em wa ok sk bs cl rk .H eg .n di dl wi op ui pi eC ov e-
            p. iv wo
            """).toList();

    private final byte[] actions = new byte[SIZE * SIZE];
    private final Literal[] @Nullable [] literals = new Literal[SIZE * SIZE][];

    Triggers(List<Literal> literals) {
        for (int previous = 0; previous < SIZE; previous++) {
            for (char digit = '0'; digit <= '9' && !isDigit(previous); digit++) {
                mark(previous, digit, DIGIT);
            }
            mark(previous, ':', COLON);
            mark(previous, '=', EQUALS);
            mark(previous, '@', AT);
        }
        literals.forEach(this::add);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private void mark(int previous, int c, int action) {
        actions[previous * SIZE + c] |= (byte) action;
    }

    private void add(Literal literal) {
        String text = literal.text();
        int best = 1;
        for (int i = 2; i < text.length(); i++) {
            if (frequency(text, i) < frequency(text, best)) {
                best = i;
            }
        }
        mark(text.charAt(best - 1), text.charAt(best), LITERAL);
        int slot = text.charAt(best - 1) * SIZE + text.charAt(best);
        Literal[] here = literals[slot];
        Literal[] more = here == null ? new Literal[1] : Arrays.copyOf(here, here.length + 1);
        more[more.length - 1] = literal.enteredAt(best);
        literals[slot] = more;
    }

    private static int frequency(String text, int at) {
        int common = COMMON.indexOf(text.substring(at - 1, at + 1));
        return common >= 0 ? Integer.MAX_VALUE - common : frequency(text.charAt(at - 1)) * frequency(text.charAt(at));
    }

    private static int frequency(char c) {
        int rank = FREQUENT.lastIndexOf(c);
        return rank < 0 ? FREQUENT.length() : rank + 1;
    }

    // A loop of its own, small enough for the compiler to keep all of it in registers.
    /** {@return the index of the next character, from one on, at which anything may be; the text's length for none} */
    int next(CharSequence text, int from) {
        byte[] table = actions;
        int length = text.length();
        int previous = index(text, from - 1);
        for (int i = from; i < length; i++) {
            int c = text.charAt(i);
            int index = c < OTHER ? c : OTHER;
            int action = table[(previous * SIZE + index) & (SIZE * SIZE - 1)];
            if (action != 0 && (action != DIGIT || Numbers.mayBegin(text, i))) {
                return i;
            }
            previous = index;
        }
        return length;
    }

    /** {@return the actions, as bits, for the character at an index and the one before it} */
    int at(CharSequence text, int index) {
        return actions[index(text, index - 1) * SIZE + index(text, index)];
    }

    private static int index(CharSequence text, int at) {
        return at < 0 ? OTHER : Math.min(text.charAt(at), OTHER);
    }

    /** {@return what the first literal whose verifier agrees has found} */
    long literal(CharSequence text, int at, int from, long kinds) {
        Literal[] here = literals[index(text, at - 1) * SIZE + index(text, at)];
        if (here == null) {
            return Found.NONE;
        }
        for (Literal literal : here) {
            int start = at - literal.entry();
            if (start >= from && literal.standsAt(text, start)) {
                long found = literal.verifier().verify(text, start, from, kinds);
                if (found != Found.NONE) {
                    return found;
                }
            }
        }
        return Found.NONE;
    }
}
