/** Vitals in a Spring Boot application. */
@SuppressWarnings("opens") // Spring makes the beans by reflection.
open module dev.vitals.spring {
    requires transitive dev.vitals.health;
    requires transitive dev.vitals.http.servlet;
    requires transitive spring.boot;
    requires transitive spring.context;
    requires spring.beans;
    requires transitive spring.boot.autoconfigure;
    requires spring.core;
    requires static transitive org.jspecify;

    exports dev.vitals.spring;
}
