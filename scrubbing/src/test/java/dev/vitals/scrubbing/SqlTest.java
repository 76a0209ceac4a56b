package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {
    private final Scrubber scrubber = Scrubber.standard();

    /** In each line SQL, and what must be left of it. */
    private static final String TABLE = """
            SELECT * FROM users WHERE name = 'bob' AND age > 42 ⇒ SELECT * FROM users WHERE name = ? AND age > ?
            select 'it''s', '', '''' from t ⇒ select ?, ?, ? from t
            INSERT INTO t (a,b) VALUES (1,'x'),(-2.5,NULL),(.5,TRUE) ⇒ INSERT INTO t (a,b) VALUES (?,?),(-?,NULL),(?,TRUE)
            x IN (1,2,3) AND y IN ('a') ⇒ x IN (?,?,?) AND y IN (?)
            1e10 1.5E-3 0xDEADbeef 10L 1_000 2. 1..3 ⇒ ? ? ? ? ? ? ?..?
            SELECT t1.c2, t_3.x$4, s.9t FROM table1 t1 LIMIT 5 ⇒ SELECT t1.c2, t_3.x$4, s.9t FROM table1 t1 LIMIT ?
            a = $1 AND b = :name AND c = ? AND d = ?2 AND e = :3 AND f = @p1 AND g = 7 ⇒ a = $1 AND b = :name AND c = ? AND d = ?2 AND e = :3 AND f = @p1 AND g = ?
            price > $12.50 AND card = :4111111111111111 ⇒ price > ? AND card = :?
            SELECT 5::int, '5'::text, a[1] ⇒ SELECT ?::int, ?::text, a[?]
            E'it\\'s' e'\\\\' N'x' n'x' X'1F' B'01' U&'d\\0061t' ⇒ ? ? ? ? ? ? ?
            _utf8mb4'x' DATE '2026-11-21' ⇒ _utf8mb4? DATE ?
            q'[it's]' nq'{a'b}' Q'!x'y!' q'!'x!' 1 ⇒ ? ? ? ? ?
            $$it's$$ $fn$ a $$ 'b $fn$ x ⇒ ? ? x
            DO $body$ SELECT 'hunter2' ⇒ DO ?
            name = 'O\\'Brien' AND x = 1 ⇒ name = ? AND x = ?
            ('he said \\'no\\' to', 2) ⇒ (?, ?)
            ('C:\\', 'hunter2', 'D:\\') ⇒ (?, ?, ?
            ('C:\\\\', 'hunter2') x ⇒ (?, ?) x
            ('a \\' b', 2) ⇒ (?
            ('say \\'\\'', 'hunter2') ⇒ (?, ?)
            ('say \\'', 'hunter2') ⇒ (?
            ('say \\'') ⇒ (?)
            ('say \\'\\'') ⇒ (?)
            path = 'C:\\' AND x = 1 ⇒ path = ?
            x \\' hunter2' ⇒ x ?
            SELECT "id", "First Name" FROM "my-table" WHERE "id" = 5 ⇒ SELECT "id", "First Name" FROM "my-table" WHERE "id" = ?
            UPDATE t SET "a" = 1, "b" = "x" WHERE a = "hunter2" ⇒ UPDATE t SET "a" = ?, "b" = ? WHERE a = ?
            ON "a"."id" = "b"."id" AND c LIKE "%x" ⇒ ON "a"."id" = "b"."id" AND c LIKE ?
            INSERT INTO t ("a","b") VALUES ("hunter2", "it's \\"x\\"") ⇒ INSERT INTO t ("a","b") VALUES (?, ?)
            a BETWEEN "b" AND "c" AND "d" IN ("e") ⇒ a BETWEEN ? AND ? AND "d" IN (?)
            p = MD5("hunter2") ⇒ p = MD5(?)
            SELECT "bob@example.com", "5" ⇒ SELECT ?, ?
            SELECT `a 1`.`b'c` FROM `t``2` WHERE x='y' ⇒ SELECT `a 1`.`b'c` FROM `t``2` WHERE x=?
            a = 'hunter2 ⇒ a = ?
            a = "hunter2 ⇒ a = ?
            a = `hunter2 ⇒ a = ?
            a = 'hunter2\\ ⇒ a = ?
            a = "hunter2\\ ⇒ a = ?
            a = q'[hunter2 ⇒ a = ?
            a = q' ⇒ a = ?
            SELECT 1 -- don't ask, password=hunter2 ⇒ SELECT ? -- don't ask, password=[redacted]
            SELECT 1 --password=hunter2 ⇒ SELECT ? --password=[redacted]
            SELECT 5--3 ⇒ SELECT ?--?
            x = 5--3 AND a = 'hunter2' ⇒ x = ?--?
            # password=hunter2 ⇒ # password=[redacted]
            # don't, 'hunter2' ⇒ #?
            a #> '{hunter2}' ⇒ a #?
            SELECT * FROM #tmp1 WHERE a = b#1 ⇒ SELECT * FROM #tmp1 WHERE a = b#1
            /* it's, password=hunter2 */ SELECT 1 ⇒ /* it's, password=[redacted] */ SELECT ?
            SELECT /*+ INDEX(t i1) */ 1 /*!50001 AND a = 'hunter2' */ ⇒ SELECT /*+ INDEX(t i1) */ ? /*!50001 AND a = ? */
            /* a /* b */ 'hunter2' */ x ⇒ /* a /* b */ ? */ x
            /* password=hunter2 ⇒ /* password=[redacted]
            SELECT 1; SELECT "a" FROM t ⇒ SELECT ?; SELECT "a" FROM t
            data->'$.a' = '1' AND d @> '{"a":1}' ⇒ data->? = ? AND d @> ?
            price > $.50 OR price = $12345 OR price = $123456 ⇒ price > $? OR price = $12345 OR price = ?
            SELECT a1, z1, A1, Z1, é1, "a.b" ⇒ SELECT a1, z1, A1, Z1, é1, "a.b"
            SELECT " ⇒ SELECT ?
            SELECT ` ⇒ SELECT ?
            1e+5 0x1e+5 1e+x ⇒ ? ?+? ?+x
            x \\" hunter2" ⇒ x ?
            a # 'b'⏎SELECT c ⇒ a #?⏎SELECT c
            --- it's, password=hunter2 ⇒ --- it's, password=[redacted]
            WHERE n = 'é' AND größe1 = 2 ⇒ WHERE n = ? AND größe1 = ?
            """;

    static Stream<Arguments> table() {
        return TextTable.changes(TABLE);
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyLiteralIsAQuestionMark(String sql, String expected) {
        String once = scrubber.scrubSql(sql);

        assertThat(once).isEqualTo(expected);
        assertThat(scrubber.scrubSql(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT a, b2 FROM t1 JOIN t2 ON t1.id = t2.id WHERE x = ? AND y IS NOT NULL AND z = TRUE",
                "select \"a\".\"b\" from `c`\r\n-- by id\r\nwhere id = $1 and n = :n and u = :user.name",
                "UPDATE t SET password = :pw, token = $2 WHERE id = @id AND n = @@rowcount",
                "/* plain */ SELECT x::text FROM v$session # all of them",
                "$"
            })
    void whereThereIsNoLiteralTheSameInstanceComesBack(String sql) {
        assertThat(scrubber.scrubSql(sql)).isSameAs(sql);
    }

    @Test
    void cutOffAnywhereNoLiteralSurvives() {
        String sql = """
                /* app */ INSERT INTO t ("a", `b`) VALUES (E'x\\'hunter2', 'a''hunter2', "hunter2", $q$'hunter2'$q$, q'[hunter2]');
                UPDATE t SET a = 'O\\'hunter2', b = N'hunter2' WHERE c LIKE "%hunter2%" AND d = 'C:\\' AND e = 'hunter2'
                """;
        for (int end = 0; end <= sql.length(); end++) {
            String cut = sql.substring(0, end);
            assertThat(scrubber.scrubSql(cut)).as(cut).doesNotContain("hunter");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'", "\\'", "'\\' ", "\"", "`", "$a$", "$a ", "$", "#", "--", "--a", "/*", "q'[", "1", "1.", "e'", ":",
                "@", "''\\", "\"a\" ", "# ", "x.", "#a"
            })
    void lengthDoesNotFail(String piece) {
        assertThat(scrubber.scrubSql(piece.repeat(1_000_000 / piece.length()))).isNotEmpty();
        assertThat(scrubber.unscrubbable()).isZero();
    }

    @Test
    void whateverTheTextNothingFailsAndTwiceChangesNothing() {
        String[] pieces = {
            "'",
            "''",
            "\\",
            "\\'",
            "\"",
            "`",
            "$",
            "$a$",
            "$1",
            "1",
            "1.5e+",
            "x",
            "e",
            "q",
            "u&",
            ":",
            "@",
            "?",
            ".",
            "#",
            "--",
            "/*",
            "*/",
            "\n",
            " ",
            "= ",
            "(",
            ")",
            ",",
            " and ",
            " in ",
            " between "
        };
        Random random = new Random(7);
        for (int i = 0; i < 15_000; i++) {
            StringBuilder sql = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                sql.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = scrubber.scrubSql(sql.toString());
            assertThat(once).as("of <%s>", sql).isNotEqualTo(Scrubber.UNSCRUBBABLE);
            String twice = scrubber.scrubSql(once);
            assertThat(scrubber.scrubSql(twice)).as("of <%s>", sql).isEqualTo(twice);
        }
    }
}
