/** Prometheus rules and Grafana dashboards that read exactly what the Vitals modules emit. */
module dev.vitals.bundle {
    requires static transitive org.jspecify;

    exports dev.vitals.bundle;
}
