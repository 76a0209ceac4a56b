package dev.vitals.benchmarks;

import dev.vitals.scrubbing.Finding;
import dev.vitals.scrubbing.Scrubber;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Precision and recall on corpora that somebody else has labelled, of Vitals and of {@link Expressions}: sentences of
 * presidio-research, and texts with secrets of noseyparker.
 */
final class Quality {
    private static final double ENOUGH = 0.8;

    /** What a corpus calls a thing, and what is right to find there. */
    private static final Map<String, Set<String>> KINDS = new TreeMap<>(Map.of(
            "CREDIT_CARD", Set.of("card"),
            "IBAN_CODE", Set.of("iban"),
            "EMAIL_ADDRESS", Set.of("email"),
            "US_SSN", Set.of("us-ssn"),
            "IP_ADDRESS", Set.of("ipv4", "ipv6", "ip"),
            "PHONE_NUMBER", Set.of("phone")));

    /** Ways to write a telephone number; the first that fits counts. */
    private static final List<Map.Entry<String, Pattern>> WRITINGS = List.of(
            Map.entry("international, +", Pattern.compile("\\+.*")),
            Map.entry("international, 00", Pattern.compile("00.*")),
            Map.entry("with an extension", Pattern.compile(".*[xX].*")),
            Map.entry("(555) 555-0100", Pattern.compile("\\(\\d{3}\\) ?\\d{3}-\\d{4}")),
            Map.entry("555-555-0100, 555.555.0100", Pattern.compile("(?:1[-.])?\\d{3}[-.]\\d{3}[-.]\\d{4}")),
            Map.entry("digits alone", Pattern.compile("\\d+")),
            Map.entry("trunk prefix 0, in groups", Pattern.compile("\\(?0.*")),
            Map.entry("other groups", Pattern.compile(".*")));

    private static final Set<String> SECRETS =
            Set.of("jwt", "pem", "credentials", "secret", "token", "high-entropy", "bearer", "aws", "user info");

    /** Rules whose positives are no secrets. */
    private static final Map<String, String> NO_SECRET = new TreeMap<>(Map.ofEntries(
            Map.entry("np.age.1", "a public key"),
            Map.entry("np.arn.1", "the name of a resource"),
            Map.entry("np.aws.3", "the number of an account"),
            Map.entry("np.gcs.1", "the name of a bucket"),
            Map.entry("np.gcs.2", "the name of a bucket"),
            Map.entry("np.google.1", "the id of a client"),
            Map.entry("np.linkedin.1", "the id of a client"),
            Map.entry("np.reactapp.1", "the name of a user"),
            Map.entry("np.s3.1", "the name of a bucket"),
            Map.entry("np.s3.2", "the name of a bucket"),
            Map.entry("np.shopify.1", "the address of a shop"),
            Map.entry("np.twitter.1", "the id of a client")));

    /** Rules whose positives are secrets of a kind that Vitals does not say it finds. */
    private static final Map<String, String> NOT_LISTED = new TreeMap<>(Map.ofEntries(
            Map.entry("np.gradle.1", "a password behind its name and a space, without = or :"),
            Map.entry("np.krb5.asrep.23.1", "the hash of a password"),
            Map.entry("np.netrc.1", "a password behind its name and a space, without = or :"),
            Map.entry("np.psexec.1", "a password behind an option of one letter"),
            Map.entry("np.pwhash.1", "the hash of a password"),
            Map.entry("np.pwhash.2", "the hash of a password"),
            Map.entry("np.pwhash.3", "the hash of a password"),
            Map.entry("np.pwhash.4", "the hash of a password"),
            Map.entry("np.pwhash.5", "the hash of a password"),
            Map.entry("np.thingsboard.1", "a token without a prefix as a part of a path"),
            Map.entry("np.truenas.1", "a token without a prefix in an array without a name"),
            Map.entry("np.vmware.1", "a password behind its name and a space, without = or :")));

    /** A part of a text and what it is, labelled or found. */
    private record Part(String kind, int start, int end) {
        int shared(Part other) {
            return Math.min(end, other.end) - Math.max(start, other.start);
        }
    }

    private interface Contender {
        List<Part> find(String text);
    }

    private static final class Score {
        private int labelled;
        private int found;
        private int wrong;

        double recall() {
            return labelled == 0 ? 0 : (double) found / labelled;
        }

        String row() {
            double precision = found + wrong == 0 ? 0 : (double) found / (found + wrong);
            double recall = recall();
            double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
            return String.format(Locale.ROOT, " %.3f | %.3f | %.3f |", precision, recall, f1);
        }
    }

    private final PrintStream out;
    private final boolean misses;
    private final Map<String, Contender> contenders =
            new TreeMap<>(Map.of("Vitals", Quality::vitals, "regex", expressions()));

    private Quality(PrintStream out, boolean misses) {
        this.out = out;
        this.misses = misses;
    }

    /** Takes the folder with the corpora; with a second argument it also names what was missed and what was wrong. */
    public static void main(String[] arguments) throws IOException {
        measure(Path.of(arguments[0]), System.out, arguments.length > 1);
    }

    static void measure(Path folder, PrintStream out, boolean misses) throws IOException {
        JsonMapper json = JsonMapper.builder().build();
        Quality quality = new Quality(out, misses);
        quality.sentences(json.readTree(
                folder.resolve("presidio-research/generated_large.json").toFile()));
        quality.secrets(
                json.readTree(folder.resolve("noseyparker/examples.json").toFile()));
    }

    private void sentences(JsonNode corpus) {
        out.println(
                "A labelled span is found where a finding of its kind covers at least four fifths of it. A finding of a"
                        + " kind that overlaps no span labelled so is false, whatever else stands there.\n");
        out.println("| kind | spans | Vitals: precision | recall | F1 | regex: precision | recall | F1 |");
        out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        Map<String, Map<String, Score>> writings = new TreeMap<>();
        KINDS.forEach((entity, kinds) -> {
            StringBuilder row = new StringBuilder();
            int spans = 0;
            for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
                Score score = new Score();
                for (JsonNode sentence : corpus) {
                    score(sentence, entity, contender, score, writings);
                }
                row.append(score.row());
                spans = score.labelled;
            }
            out.println("| " + entity + " | " + spans + " |" + row);
        });
        out.println("\n| telephone numbers | spans | Vitals: recall | regex: recall |\n|---|---:|---:|---:|");
        writings.forEach((writing, scores) -> out.printf(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f |%n",
                writing,
                of(scores, "Vitals").labelled,
                of(scores, "Vitals").recall(),
                of(scores, "regex").recall()));
    }

    private static Score of(Map<String, Score> scores, String contender) {
        return scores.getOrDefault(contender, new Score());
    }

    private void score(
            JsonNode sentence,
            String entity,
            Map.Entry<String, Contender> contender,
            Score score,
            Map<String, Map<String, Score>> writings) {
        String text = sentence.get("full_text").asString();
        List<Part> labelled = new ArrayList<>();
        for (JsonNode span : sentence.get("spans")) {
            if (span.get("entity_type").asString().equals(entity)) {
                labelled.add(new Part(
                        entity,
                        span.get("start_position").asInt(),
                        span.get("end_position").asInt()));
            }
        }
        List<Part> found = contender.getValue().find(text).stream()
                .filter(part -> KINDS.getOrDefault(entity, Set.of()).contains(part.kind))
                .toList();
        for (Part span : labelled) {
            boolean covered = found.stream().anyMatch(part -> part.shared(span) >= ENOUGH * (span.end - span.start));
            score.labelled++;
            score.found += covered ? 1 : 0;
            if (entity.equals("PHONE_NUMBER")) {
                Score ofWriting = writings.computeIfAbsent(
                                writing(text.substring(span.start, span.end)), key -> new TreeMap<>())
                        .computeIfAbsent(contender.getKey(), key -> new Score());
                ofWriting.labelled++;
                ofWriting.found += covered ? 1 : 0;
            }
            say(covered, contender, "missed", text, span);
        }
        for (Part part : found) {
            boolean right = labelled.stream().anyMatch(span -> part.shared(span) > 0);
            score.wrong += right ? 0 : 1;
            say(right, contender, "false", text, part);
        }
    }

    private void say(boolean right, Map.Entry<String, Contender> contender, String what, String text, Part part) {
        if (misses && !right && contender.getKey().equals("Vitals")) {
            out.println(what + " " + part.kind + " <" + text.substring(part.start, part.end) + "> in <" + text + ">");
        }
    }

    private static String writing(String number) {
        return WRITINGS.stream()
                .filter(one -> one.getValue().matcher(number).matches())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private void secrets(JsonNode corpus) {
        Map<String, Map<String, Score>> rules = new TreeMap<>();
        for (JsonNode example : corpus) {
            if (example.get("label").asInt() == 1) {
                String text = example.get("text").asString();
                contenders.forEach((name, contender) -> {
                    Score score = rules.computeIfAbsent(example.get("rule").asString(), key -> new TreeMap<>())
                            .computeIfAbsent(name, key -> new Score());
                    boolean found = contender.find(text).stream().anyMatch(part -> SECRETS.contains(part.kind));
                    score.labelled++;
                    score.found += found ? 1 : 0;
                    if (misses && !found && name.equals("Vitals")) {
                        out.println("missed " + example.get("rule").asString() + " in <" + text + ">");
                    }
                });
            }
        }
        out.println("\nA text with a secret counts as found where a secret of any kind is found in it.\n");
        out.println("| texts with | number | Vitals: recall | regex: recall |\n|---|---:|---:|---:|");
        total("whatever has a rule", rules, Set.of());
        total("a secret", rules, NO_SECRET.keySet());
        Set<String> leftOut = new TreeSet<>(NO_SECRET.keySet());
        leftOut.addAll(NOT_LISTED.keySet());
        total("a secret of a kind that is listed", rules, leftOut);
        out.println("\n| rule that is left out | texts | what it is |\n|---|---:|---|");
        leftOut.forEach(rule -> out.printf(
                "| %s | %d | %s |%n",
                rule,
                of(rules.getOrDefault(rule, Map.of()), "Vitals").labelled,
                NO_SECRET.getOrDefault(rule, NOT_LISTED.getOrDefault(rule, ""))));
        out.println("\n| rule with misses | texts | Vitals finds | regex finds |\n|---|---:|---:|---:|");
        rules.forEach((rule, scores) -> {
            Score vitals = of(scores, "Vitals");
            if (vitals.found < vitals.labelled && !leftOut.contains(rule)) {
                out.printf("| %s | %d | %d | %d |%n", rule, vitals.labelled, vitals.found, of(scores, "regex").found);
            }
        });
    }

    private void total(String name, Map<String, Map<String, Score>> rules, Set<String> leftOut) {
        Map<String, Score> sums = new TreeMap<>(Map.of("Vitals", new Score(), "regex", new Score()));
        rules.forEach((rule, scores) -> scores.forEach((contender, score) -> {
            Score sum = sums.computeIfAbsent(contender, key -> new Score());
            sum.labelled += leftOut.contains(rule) ? 0 : score.labelled;
            sum.found += leftOut.contains(rule) ? 0 : score.found;
        }));
        StringBuilder row = new StringBuilder("| " + name + " | ");
        row.append(sums.values().iterator().next().labelled).append(" |");
        sums.values().forEach(sum -> row.append(String.format(Locale.ROOT, " %.3f |", sum.recall())));
        out.println(row);
    }

    private static List<Part> vitals(String text) {
        List<Part> parts = new ArrayList<>();
        for (Finding finding : Scrubber.standard().find(text)) {
            parts.add(new Part(finding.kind().name(), finding.start(), finding.end()));
        }
        return parts;
    }

    private static Contender expressions() {
        Map<String, Pattern> patterns = new TreeMap<>();
        Expressions.ALL.forEach(one -> patterns.put(one.kind(), Pattern.compile(one.pattern())));
        return text -> {
            List<Part> parts = new ArrayList<>();
            patterns.forEach((kind, pattern) -> {
                for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
                    parts.add(new Part(kind, matcher.start(), matcher.end()));
                }
            });
            return parts;
        };
    }
}
