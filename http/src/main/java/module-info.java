/** The seam between Vitals and whatever web server an application runs. */
module dev.vitals.http {
    requires transitive java.net.http;
    requires transitive jdk.httpserver;
    requires static transitive org.jspecify;

    exports dev.vitals.http;
}
