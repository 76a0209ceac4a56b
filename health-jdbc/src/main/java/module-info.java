/** Says whether a database can be reached, without hanging on it. */
module dev.vitals.health.jdbc {
    requires transitive dev.vitals.health;
    requires transitive java.sql;
    requires static com.zaxxer.hikari;
    requires static transitive org.jspecify;

    exports dev.vitals.health.jdbc;
}
