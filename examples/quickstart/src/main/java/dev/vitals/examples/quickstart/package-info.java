/** The program of the README, in one file. */
@NullMarked
package dev.vitals.examples.quickstart;

import org.jspecify.annotations.NullMarked;
