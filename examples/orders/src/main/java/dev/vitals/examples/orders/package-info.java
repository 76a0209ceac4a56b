/**
 * The demo: a small order service such as one might really run, with Vitals in it. {@link
 * dev.vitals.examples.orders.Main} is the way in, {@link dev.vitals.examples.orders.Vitals} shows what the service
 * asks of the library.
 */
@NullMarked
package dev.vitals.examples.orders;

import org.jspecify.annotations.NullMarked;
