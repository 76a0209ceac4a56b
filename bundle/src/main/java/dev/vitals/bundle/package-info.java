/**
 * Prometheus rules and Grafana dashboards for every service that embeds Vitals. They lie under {@code META-INF/vitals/}
 * in this module's jar; {@link dev.vitals.bundle.Bundle} is the way in, and writes them into a folder:
 *
 * <pre>{@code
 * List<Path> written = Bundle.exportTo(Path.of("monitoring"));
 * // monitoring/prometheus/vitals.rules.yml    into rule_files of Prometheus
 * // monitoring/grafana/vitals-overview.json   into a provisioned folder of Grafana
 * }</pre>
 */
@NullMarked
package dev.vitals.bundle;

import org.jspecify.annotations.NullMarked;
