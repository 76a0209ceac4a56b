package dev.vitals.scrubbing;

import java.util.List;
import java.util.stream.Stream;

/** User names in the paths of home directories, on Linux, macOS and Windows. */
final class HomeDirectories {
    private static final int LONGEST = 40;

    // Accounts of machines, folders that all share, and what stands for a name or is a page on the web.
    private static final String[] NOBODY = {
        "public",
        "shared",
        "default",
        "all",
        "guest",
        "runner",
        "runneradmin",
        "vagrant",
        "ubuntu",
        "ec2-user",
        "debian",
        "centos",
        "fedora",
        "core",
        "admin",
        "administrator",
        "containeradministrator",
        "root",
        "jenkins",
        "gitlab-runner",
        "github",
        "travis",
        "circleci",
        "vsts",
        "azureuser",
        "app",
        "application",
        "appuser",
        "java",
        "jboss",
        "tomcat",
        "spring",
        "nonroot",
        "node",
        "docker",
        "oracle",
        "postgres",
        "mysql",
        "redis",
        "hadoop",
        "spark",
        "kafka",
        "elasticsearch",
        "git",
        "www",
        "www-data",
        "nginx",
        "linuxbrew",
        "user",
        "username",
        "name",
        "you",
        "me",
        "test",
        "build",
        "builder",
        "ci",
        "deploy",
        "service",
        "index",
        "dashboard",
        "page",
        "pages",
        "login",
        "logout",
        "profile",
        "settings",
        "about",
        "search",
        "main",
        "view",
        "api",
        "help",
        "home",
        "list",
        "news",
        "contact"
    };

    // Parents of a home or Users folder: /export/home, /usr/home, /var/home, /mnt/c/Users.
    private static final String[] PARENTS = {"/export", "/usr", "/var", "/mnt/c", "/c", "/mnt/d", "/d", "/host"};

    private static final String[] METHODS = {"GET ", "POST ", "PUT ", "HEAD ", "PATCH ", "DELETE ", "OPTIONS "};

    private static final String[] PAGES = {
        ".html", ".htm", ".jsp", ".php", ".css", ".js", ".png", ".xml", ".json", ".do"
    };

    private HomeDirectories() {}

    static List<Literal> literals() {
        return Stream.of("/home/", "/Users/", "/home\\/", "/Users\\/", "\\Users\\")
                .map(folder -> new Literal(folder, (text, at, from, kinds) -> name(text, at, folder)))
                .toList();
    }

    private static long name(CharSequence text, int at, String folder) {
        boolean windows = folder.charAt(0) == '\\';
        if (windows ? Ascii.isAt(text, at - 1, '.') : !isAbsolute(text, at)) {
            return Found.NONE;
        }
        int start = windows ? Chars.skipBackslashes(text, at + folder.length()) : at + folder.length();
        int end = windows ? windowsEnd(text, start) : end(text, start);
        boolean named =
                end > start && end - start < LONGEST && text.charAt(start) != '.' && hasLetter(text, start, end);
        return named && !isNobody(text, start, end) ? Found.of(Kind.USER_NAME, start, end) : Found.NONE;
    }

    private static boolean isAbsolute(CharSequence text, int at) {
        int before = at - 1;
        if (Ascii.isAt(text, before, '\\')) { // {"path":"\/home\/bob"}
            before--;
        }
        if (before < 0) {
            return true;
        }
        char c = text.charAt(before);
        if (c == '/') {
            return Chars.matches(text, before - 6, "file:/");
        }
        if (Ascii.is(c, Ascii.ALNUM)) {
            return Ascii.endsEscape(text, at) || hasParent(text, at);
        }
        if (c == ' ') {
            for (String method : METHODS) {
                if (Ascii.hasAt(text, at - method.length(), method)) {
                    return false;
                }
            }
        }
        return c < 128 && c != '.' && c != '-' && c != '_' && c != '%' && c != '}' && c != ')' && c != ']' && c != '*'
                && c != '~' && c != '$';
    }

    private static boolean hasParent(CharSequence text, int at) {
        for (String parent : PARENTS) {
            int start = at - parent.length();
            if (Ascii.hasAt(text, start, parent)
                    && Ascii.startsWord(text, start)
                    && !Ascii.isAt(text, start - 1, '.')) {
                return true;
            }
        }
        return false;
    }

    private static int end(CharSequence text, int start) {
        int i = start;
        int limit = Math.min(text.length(), start + LONGEST);
        while (i < limit && inName(text.charAt(i))) {
            i++;
        }
        while (i > start && (text.charAt(i - 1) == '.' || text.charAt(i - 1) == '-')) {
            i--;
        }
        return isPage(text, i) ? start : i;
    }

    // "John Smith" is a name where the path goes on behind it.
    private static int windowsEnd(CharSequence text, int start) {
        int i = start;
        int limit = Math.min(text.length(), start + LONGEST);
        while (i < limit && (inName(text.charAt(i)) || (text.charAt(i) == ' ' && i > start))) {
            i++;
        }
        boolean goesOn = i < limit && text.charAt(i) == '\\' && text.charAt(i - 1) != ' ';
        return goesOn ? i : end(text, start);
    }

    private static boolean inName(char c) {
        return c < 128 ? Ascii.is(c, Ascii.BASE64_URL | Ascii.DOT) : Character.isLetterOrDigit(c);
    }

    // /home/index.html
    private static boolean isPage(CharSequence text, int end) {
        for (String page : PAGES) {
            if (Chars.matches(text, end - page.length(), page)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLetter(CharSequence text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetter(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNobody(CharSequence text, int start, int end) {
        for (String nobody : NOBODY) {
            if (nobody.length() == end - start && Chars.matches(text, start, nobody)) {
                return true;
            }
        }
        return Chars.matches(text, start, "default user") || Chars.matches(text, start, "all users");
    }
}
