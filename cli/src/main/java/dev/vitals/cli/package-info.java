/**
 * The command line of Vitals, one self-contained jar. {@link dev.vitals.cli.Main} is the way in:
 *
 * <pre>{@code
 * java -jar vitals.jar export --to monitoring
 * java -jar vitals.jar scrub < in > out
 * java -jar vitals.jar export --help
 * }</pre>
 */
@NullMarked
package dev.vitals.cli;

import org.jspecify.annotations.NullMarked;
