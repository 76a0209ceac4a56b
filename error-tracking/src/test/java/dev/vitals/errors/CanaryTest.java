package dev.vitals.errors;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.ILogger;
import io.sentry.ISerializer;
import io.sentry.JsonSerializable;
import io.sentry.JsonSerializer;
import io.sentry.ObjectWriter;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.protocol.SentryTransaction;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Plants canaries in all that Sentry's own classes can hold, and looks for them in what is written. The classes and
 * their fields are found by reflection, so that those of a newer Sentry are looked at without a change here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryTest {
    private static final Path PAGE = Path.of("../docs/error-tracking.md");
    private static final String BEGIN = "<!-- leaks: written by CanaryTest -->\n";
    private static final String END = "<!-- end of leaks -->\n";

    /** Fields that Sentry does not write as they are, so that nothing is to be seen of them. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "Baggage.keyValues", // a header to other services
            "Baggage.thirdPartyHeader",
            "RRWebMetaEvent.dataUnknown", // read, and not written again
            "SentryTransaction.type", // always "transaction"
            "TransactionContext.name"); // written as the transaction's

    private final SentryOptions options = new SentryOptions();
    private final ISerializer bare = new JsonSerializer(options);
    private final ErrorTracking tracking = ErrorTracking.install(options);
    private final ISerializer scrubbing = options.getSerializer();

    /** What is in the fields that get out. */
    private record Leaks(Set<String> written, Set<String> bare, Set<String> denylist, Set<String> ours) {}

    private final Map<Canary, Leaks> leaks = new EnumMap<>(Canary.class);
    private final Set<String> planted = new TreeSet<>();
    private final Set<String> unknown = new TreeSet<>();

    @BeforeAll
    void plant() throws Exception {
        for (Canary canary : Canary.values()) {
            leaks.put(canary, leaks(canary, SentryItems.classes()));
        }
    }

    private Leaks leaks(Canary canary, List<Class<?>> classes) throws Exception {
        Planter planter = new Planter(canary);
        var found = new Leaks(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        List<Object> reports = new ArrayList<>();
        for (Class<?> type : classes) {
            reports.add(planter.make(type));
        }
        Function<Integer, String> field = planter.fields()::get;
        // What is part of an item is judged as that.
        reports.sort(Comparator.comparing(report -> !SentryItems.isItem(report)));
        for (Object report : reports) {
            String wire = SentryItems.written(report, planter, bare);
            Set<String> written = canary.in(wire).stream().map(field).collect(Collectors.toSet());
            if (!SentryItems.isItem(report)) {
                written.removeAll(found.written);
            }
            found.written.addAll(written);
            canary.in(scrubbedByNames(report, wire)).stream()
                    .map(field)
                    .filter(written::contains)
                    .forEach(found.denylist::add);
            canary.in(SentryItems.written(report, planter, scrubbing)).stream()
                    .map(field)
                    .filter(name -> !isVersion(canary, name))
                    .forEach(found.ours::add);
        }
        found.bare.addAll(found.written);
        if (canary == Canary.EMAIL && classes.size() > 1) {
            planted.addAll(planter.fields());
            unknown.addAll(planter.unknown());
        }
        return found;
    }

    /** Four numbers are a version where a release is told: an address is not to be told from it. */
    private static boolean isVersion(Canary canary, String field) {
        return canary == Canary.IPV4 && field.endsWith(".release");
    }

    private String scrubbedByNames(Object report, String wire) throws Exception {
        if (!(report instanceof SentryEvent) && !(report instanceof SentryTransaction)) {
            return wire;
        }
        int at = wire.indexOf('\n', wire.indexOf('\n') + 1) + 1;
        String json = wire.substring(at);
        @SuppressWarnings("unchecked") // it is an object in JSON
        Map<String, Object> event = (Map<String, Object>) JsonTree.read(json, 100);
        Denylist.scrub(event);
        return wire.substring(0, at) + bare.serialize(event);
    }

    @Test
    void noCanaryOfAnyKindIsOnTheWire() {
        assertThat(leaks).allSatisfy((canary, found) -> assertThat(found.ours).isEmpty());
        // It would be so as well if nothing, or skeletons, had been written.
        assertThat(tracking.skeletons()).isZero();
        assertThat(tracking.attachmentsLeftOut()).isZero();
    }

    @Test
    void everyFieldHoldsOneAndOthersAreKnownToHoldNone() {
        Set<String> unseen = new TreeSet<>(planted);
        leaks.values().forEach(found -> unseen.removeAll(found.written));

        assertThat(unseen).isEqualTo(NOT_WRITTEN);
        assertThat(unknown).as("fields of types that Planter knows nothing of").isEmpty();
        assertThat(planted).hasSizeGreaterThan(300);
    }

    @Test
    void aFieldOfANewSentryIsLookedAtAndSaidToLeakIfItPassesTheScrubber() throws Exception {
        assertThat(leaks(Canary.EMAIL, List.of(Newer.class)).written).contains("Newer.note", "Newer.more");
        assertThat(leaks(Canary.EMAIL, List.of(Newer.class)).ours).isEmpty();
        assertThat(leaks(Canary.EMAIL, List.of(Past.class)).ours).containsExactly("Newer.note");
    }

    /** Has fields that nobody has thought of. */
    static class Newer implements JsonSerializable {
        String note = "";
        Map<String, Object> more = Map.of();

        @Override
        public void serialize(ObjectWriter writer, ILogger logger) throws IOException {
            writer.beginObject();
            note(writer);
            writer.name("more").value(logger, more);
            writer.endObject();
        }

        void note(ObjectWriter writer) throws IOException {
            writer.name("note").value(note);
        }
    }

    /** Writes where nothing is scrubbed any more. */
    static final class Past extends Newer {
        @Override
        void note(ObjectWriter writer) throws IOException {
            try {
                Field out = ScrubbingWriter.class.getDeclaredField("out");
                out.setAccessible(true);
                ObjectWriter past = writer instanceof ScrubbingWriter ? (ObjectWriter) out.get(writer) : writer;
                past.name("note").value(note);
            } catch (ReflectiveOperationException failure) {
                throw new LinkageError("no such field", failure);
            }
        }
    }

    @Test
    void theTableInTheDocumentationIsWhatWasFound() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());
        if (Boolean.getBoolean("vitals.write.docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }

        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    private String table() {
        var any = new Leaks(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        leaks.values().forEach(found -> {
            any.written.addAll(found.written);
            any.bare.addAll(found.bare);
            any.denylist.addAll(found.denylist);
            any.ours.addAll(found.ours);
        });
        return leaks.entrySet().stream()
                        .map(row -> row(row.getKey().title, row.getValue()))
                        .collect(joining(
                                "",
                                "| what is planted | fields | Sentry alone | a list of names | Vitals |\n|---|---|---|---|---|\n",
                                ""))
                + row("**any of them**", any);
    }

    private static String row(String title, Leaks found) {
        return "| %s | %d | %d | %d | %d |\n"
                .formatted(title, found.written.size(), found.bare.size(), found.denylist.size(), found.ours.size());
    }
}
