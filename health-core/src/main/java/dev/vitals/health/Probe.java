package dev.vitals.health;

/** The questions that an orchestrator or a person asks, named as Kubernetes names them. */
public enum Probe {
    /** Comprehensive health: every check there is. For people and monitoring, never for an orchestrator. */
    HEALTH("/health"),
    /** Should this process be restarted? */
    LIVENESS("/health/liveness"),
    /** Should this instance get traffic? */
    READINESS("/health/readiness"),
    /** Has the application finished its own start? */
    STARTUP("/health/startup");

    private final String path;

    Probe(String path) {
        this.path = path;
    }

    /** {@return the path that answers this question} */
    public String path() {
        return path;
    }
}
