/** Says what is wrong with Redis: whether it answers, its memory, saves, replication, clusters, Sentinels and queues. */
module dev.vitals.health.redis {
    requires transitive dev.vitals.health;
    requires transitive lettuce.core;
    requires static transitive org.jspecify;

    exports dev.vitals.health.redis;
}
