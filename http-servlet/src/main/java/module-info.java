/** Vitals on any Jakarta Servlet container. */
module dev.vitals.http.servlet {
    requires transitive dev.vitals.http;
    requires transitive jakarta.servlet;
    requires static transitive org.jspecify;

    exports dev.vitals.http.servlet;
}
