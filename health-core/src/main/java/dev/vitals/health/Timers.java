package dev.vitals.health;

/** Does things later. One thread at the most does them, in the order in which they fall due; a simulation has its own. */
interface Timers {
    /**
     * Does something once.
     *
     * @return takes it back, if it is still to come
     */
    Runnable once(long delayNanos, Runnable task);

    /** Does something again and again. */
    void every(long periodNanos, Runnable task);

    /** Makes sure that there is a thread, should it have died and not have been replaced. */
    void revive();

    /** Nothing more is done. */
    void close();
}
