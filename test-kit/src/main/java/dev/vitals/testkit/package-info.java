/** Real servers on 127.0.0.1, and the faults that they and the way to them can have, for tests. */
@NullMarked
package dev.vitals.testkit;

import org.jspecify.annotations.NullMarked;
