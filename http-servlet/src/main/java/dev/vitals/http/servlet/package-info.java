/**
 * Vitals on any Jakarta Servlet 6.1 container: {@link dev.vitals.http.servlet.VitalsServlet} serves endpoints,
 * {@link dev.vitals.http.servlet.VitalsFilter} lets observers watch the application.
 *
 * <pre>{@code
 * var servlet = context.addServlet("vitals", new VitalsServlet(HealthEndpoint.of(health)));
 * servlet.addMapping("/health/*");
 * var filter = context.addFilter("vitals", new VitalsFilter(observers, request -> routes.apply(request)));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(REQUEST, ASYNC), false, "/*");
 * }</pre>
 */
@NullMarked
package dev.vitals.http.servlet;

import org.jspecify.annotations.NullMarked;
