package dev.vitals.scrubbing;

/**
 * A part of a text that may not leave.
 *
 * @param kind what it is
 * @param start the index of its first character
 * @param end the index behind its last character
 */
public record Finding(Kind kind, int start, int end) {}
