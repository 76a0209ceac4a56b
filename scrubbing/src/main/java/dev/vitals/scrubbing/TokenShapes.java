package dev.vitals.scrubbing;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tokens that are known by what stands in their middle, at their end, or in the path of a web hook's URL. */
final class TokenShapes {
    private static final int LONGEST_HOOK = 200;
    private static final String SLACK = "hooks.slack.com/services/";
    private static final String SLACK_GOV = "hooks.slack-gov.com/services/";

    private TokenShapes() {}

    static Stream<Literal> literals() {
        // A bot of Discord begins with the base64 of its number: the first digit makes the first two characters.
        Stream<Literal> discord = IntStream.range(0, 9)
                .mapToObj(i -> new Literal("MTMjMzNDNTNjNzODOT".substring(2 * i, 2 * i + 2), TokenShapes::discordBot));
        Stream<Literal> others = Stream.of(
                new Literal(":AA", TokenShapes::telegram),
                new Literal("Q~", TokenShapes::entra),
                new Literal("AZDO", TokenShapes::azureDevOps),
                new Literal("JQQJ99", TokenShapes::azure),
                new Literal("NRAL", TokenShapes::newRelicLicence),
                new Literal("-us", TokenShapes::mailchimp),
                new Literal(".atlasv1.", TokenShapes::terraform),
                new Literal("ks.s", TokenShapes::slackHook),
                new Literal("/api/webhooks/", TokenShapes::discordHook),
                new Literal("/IncomingWebhook/", TokenShapes::teamsHook));
        return Stream.concat(discord, others);
    }

    // 8 to 10 digits, the number of the bot, stand before it.
    private static long telegram(CharSequence text, int at, int from, long kinds) {
        int end = Ascii.runEnd(text, at + 1, Ascii.BASE64_URL, at + 38);
        int start = startOf(text, at, from, 10, Ascii.DIGIT);
        boolean token = end - at >= 34 && end - at <= 37 && at - start >= 8 && Ascii.startsWord(text, start);
        return token ? found(start, end, kinds) : Found.NONE;
    }

    // A client secret of Entra: three characters, a digit, Q~, 31 to 34 more.
    private static long entra(CharSequence text, int at, int from, long kinds) {
        if (at - 4 < from || !Ascii.isAt(text, at - 1, Ascii.DIGIT)) {
            return Found.NONE;
        }
        int end = at + 2;
        while (end < text.length() && end - at <= 38 && inEntra(text.charAt(end))) {
            end++;
        }
        boolean before = inEntra(text.charAt(at - 2)) && inEntra(text.charAt(at - 3)) && inEntra(text.charAt(at - 4));
        boolean token = before && end - at >= 33 && end - at <= 37 && Ascii.startsWord(text, at - 4);
        return token ? found(at - 4, end, kinds) : Found.NONE;
    }

    private static boolean inEntra(char c) {
        return Ascii.is(c, Ascii.BASE64_URL | Ascii.DOT) || c == '~';
    }

    // 84 characters, the last 8 of them AZDO and four more.
    private static long azureDevOps(CharSequence text, int at, int from, long kinds) {
        return fixed(text, at - 76, at + 8, from, Ascii.ALNUM, kinds);
    }

    // Keys of Azure in Microsoft's common form: 52 characters, JQQJ99, 26 more.
    private static long azure(CharSequence text, int at, int from, long kinds) {
        return fixed(text, at - 52, at + 32, from, Ascii.BASE64, kinds);
    }

    private static long newRelicLicence(CharSequence text, int at, int from, long kinds) {
        return fixed(text, at - 36, at + 4, from, Ascii.LOWER_ALNUM | Ascii.UPPER, kinds);
    }

    // 32 hexadecimal digits before it, the number of a data centre behind.
    private static long mailchimp(CharSequence text, int at, int from, long kinds) {
        if (!Ascii.isAt(text, at + 3, Ascii.DIGIT) || !Ascii.isAt(text, at - 1, Ascii.HEX)) {
            return Found.NONE;
        }
        int end = Ascii.runEnd(text, at + 3, Ascii.DIGIT, at + 6);
        int start = startOf(text, at, from, 33, Ascii.HEX);
        boolean token = at - start == 32 && end - at <= 5 && !Ascii.isAt(text, end, Ascii.ALNUM);
        return token && Ascii.startsWord(text, start) ? found(start, end, kinds) : Found.NONE;
    }

    private static long terraform(CharSequence text, int at, int from, long kinds) {
        int body = at + ".atlasv1.".length();
        int start = at - 14;
        int end = Ascii.runEnd(text, body, Ascii.BASE64_URL, body + 80);
        boolean token = start >= from && end - body >= 60 && Ascii.startsWord(text, start);
        return token && Ascii.runEnd(text, start, Ascii.ALNUM, at) == at ? found(start, end, kinds) : Found.NONE;
    }

    // The base64 of a number, six characters of a time, 27 to 38 of a digest, with dots between them.
    private static long discordBot(CharSequence text, int at, int from, long kinds) {
        if (!Ascii.startsWord(text, at)) {
            return Found.NONE;
        }
        int first = Ascii.runEnd(text, at, Ascii.ALNUM, at + 29);
        if (first - at < 23 || !Ascii.isAt(text, first, '.')) {
            return Found.NONE;
        }
        int second = Ascii.runEnd(text, first + 1, Ascii.BASE64_URL, first + 8);
        if (second - first != 7 || !Ascii.isAt(text, second, '.')) {
            return Found.NONE;
        }
        int end = Ascii.runEnd(text, second + 1, Ascii.BASE64_URL, second + 40);
        boolean token = end - second >= 28 && end - second <= 39 && Randomness.isMixed(text, second + 1, end);
        return token ? found(at, end, kinds) : Found.NONE;
    }

    // The trigger is the rarest part of the name of the host.
    private static long slackHook(CharSequence text, int at, int from, long kinds) {
        int host = at - 3;
        boolean gov = Ascii.hasAt(text, host, SLACK_GOV);
        int secret = host + (gov ? SLACK_GOV : SLACK).length();
        boolean slack = gov || Ascii.hasAt(text, host, SLACK);
        return slack ? hook(text, secret, Ascii.ALNUM | Ascii.SLASH, 24, kinds) : Found.NONE;
    }

    private static long discordHook(CharSequence text, int at, int from, long kinds) {
        boolean host = Ascii.hasAt(text, at - 11, "discord.com") || Ascii.hasAt(text, at - 14, "discordapp.com");
        int secret = at + "/api/webhooks/".length();
        return host ? hook(text, secret, Ascii.BASE64_URL | Ascii.SLASH, 60, kinds) : Found.NONE;
    }

    private static long teamsHook(CharSequence text, int at, int from, long kinds) {
        return hook(text, at + "/IncomingWebhook/".length(), Ascii.BASE64_URL | Ascii.SLASH, 60, kinds);
    }

    private static long hook(CharSequence text, int secret, int sets, int shortest, long kinds) {
        int end = Ascii.runEnd(text, secret, sets, secret + LONGEST_HOOK);
        return end - secret >= shortest ? found(secret, end, kinds) : Found.NONE;
    }

    private static long fixed(CharSequence text, int start, int end, int from, int sets, long kinds) {
        if (start < from || end > text.length() || Ascii.isAt(text, end, sets | Ascii.ALNUM)) {
            return Found.NONE;
        }
        if (!Ascii.is(text.charAt(start), sets)
                || !Ascii.is(text.charAt(end - 1), sets)
                || !Ascii.startsWord(text, start)) {
            return Found.NONE;
        }
        return Ascii.runEnd(text, start, sets, end) == end ? found(start, end, kinds) : Found.NONE;
    }

    /** {@return where the run of these characters before an index begins, looking at so many} */
    private static int startOf(CharSequence text, int at, int from, int most, int sets) {
        int i = at;
        while (i > from && at - i < most && Ascii.is(text.charAt(i - 1), sets)) {
            i--;
        }
        return i;
    }

    private static long found(int start, int end, long kinds) {
        return Kind.TOKEN.in(kinds) ? Found.of(Kind.TOKEN, start, end) : Found.NONE;
    }
}
