/**
 * Takes personal data and secrets out of log lines, where most of both leaks. {@link
 * dev.vitals.logging.ScrubbingEncoder} is the way in for Logback, {@link dev.vitals.logging.ScrubbingLayout} for Log4j2;
 * each stands around the encoder or layout that was there:
 *
 * <pre>{@code
 * <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
 *   <encoder class="dev.vitals.logging.ScrubbingEncoder">
 *     <encoder>
 *       <pattern>%d %-5level %logger{0} trace_id=%X{trace_id:--} %msg%n</pattern>
 *     </encoder>
 *   </encoder>
 * </appender>
 * }</pre>
 */
@NullMarked
package dev.vitals.logging;

import org.jspecify.annotations.NullMarked;
