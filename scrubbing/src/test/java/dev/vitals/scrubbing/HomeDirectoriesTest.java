package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HomeDirectoriesTest {
    private static final String PATHS = """
            /home/alice/.m2/settings.xml (No such file) ⇒ /home/[user-name]/.m2/settings.xml (No such file)
            open /Users/alice.lee: denied ⇒ open /Users/[user-name]: denied
            file:///home/alice/x.txt ⇒ file:///home/[user-name]/x.txt
            jar:file:/home/alice/app.jar!/BOOT-INF ⇒ jar:file:/home/[user-name]/app.jar!/BOOT-INF
            HOME=/home/alice PATH=/bin:/home/alice/bin ⇒ HOME=/home/[user-name] PATH=/bin:/home/[user-name]/bin
            {"dir":"\\/home\\/alice\\/x"} ⇒ {"dir":"\\/home\\/[user-name]\\/x"}
            {"a":"x\\n/home/alice"} ⇒ {"a":"x\\n/home/[user-name]"}
            C:\\Users\\alice\\AppData ⇒ C:\\Users\\[user-name]\\AppData
            C:\\Users\\Alice Lee\\AppData ⇒ C:\\Users\\[user-name]\\AppData
            "C:\\\\Users\\\\alice\\\\x" ⇒ "C:\\\\Users\\\\[user-name]\\\\x"
            in C:\\Users\\alice and D:\\x ⇒ in C:\\Users\\[user-name] and D:\\x
            C:/Users/alice/x ⇒ C:/Users/[user-name]/x
            /mnt/c/Users/alice/x ⇒ /mnt/c/Users/[user-name]/x
            /export/home/alice, /usr/home/bob ⇒ /export/home/[user-name], /usr/home/[user-name]
            ('/home/a_lee-2/x') ⇒ ('/home/[user-name]/x')
            /home/jörg/x ⇒ /home/[user-name]/x
            /home/alice. ⇒ /home/[user-name].
            /home/alice- x ⇒ /home/[user-name]- x
            C:\\Users\\alice \\x ⇒ C:\\Users\\[user-name] \\x
            /home/LONGEST/x ⇒ /home/[user-name]/x
            """.replace("LONGEST", "a".repeat(39));

    private static final String HARMLESS = """
            /home/ and /home /Users/ C:\\Users\\
            GET /home/alice HTTP/1.1
            POST /Users/alice
            https://acme.example/home/alice
            /api/home/alice /scim/v2/Users/alice
            /home/index.html /home/dashboard /home/login
            ./home/alice ../home/alice ~/home/alice
            /home/$USER/x /home/${user.name}/x /home/{name} /home/[user-name]/x /home/<name> /home/%s /home/*
            /home/runner/work /home/ubuntu /home/ec2-user /home/vagrant /home/jenkins/agent
            /Users/Shared/x /Users/runner/work C:\\Users\\Public\\x C:\\Users\\Default\\x
            C:\\Users\\Default User\\x C:\\Users\\ContainerAdministrator\\x C:\\Users\\runneradmin\\x
            /home/4711 /home/../x /home/.cache
            C:\\Users\\[user-name]\\x
            ./usr/home/alice file://home/alice //home/alice
            .\\Users\\alice C:\\Users\\ alice\\x
            /home/aLONGEST/x
            """.replace("LONGEST", "a".repeat(39));

    private final Scrubber scrubber = Scrubber.builder().only(Kind.USER_NAME).build();

    static Stream<Arguments> paths() {
        return TextTable.changes(PATHS);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theNameAloneIsReplaced(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void routesSharedFoldersAndPlaceholdersStay(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }
}
