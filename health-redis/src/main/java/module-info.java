/** Says whether a Redis server answers, on one connection of its own. */
module dev.vitals.health.redis {
    requires transitive dev.vitals.health;
    requires transitive lettuce.core;
    requires static transitive org.jspecify;

    exports dev.vitals.health.redis;
}
