/**
 * Takes personal data and secrets out of what leaves the process. {@link dev.vitals.scrubbing.Scrubber} is the way in:
 *
 * <pre>{@code
 * Scrubber scrubber = Scrubber.standard();
 * String safe = scrubber.scrub("login failed, password=hunter2");
 * }</pre>
 */
@NullMarked
package dev.vitals.scrubbing;

import org.jspecify.annotations.NullMarked;
