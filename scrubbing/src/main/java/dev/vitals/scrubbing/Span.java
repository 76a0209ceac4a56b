package dev.vitals.scrubbing;

/** A part of a text; empty where there is nothing to take out. */
record Span(int from, int to) {}
