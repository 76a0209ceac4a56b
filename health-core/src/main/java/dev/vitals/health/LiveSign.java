package dev.vitals.health;

/** A registered sign of life. */
record LiveSign(String name, LivenessCheck check) {}
