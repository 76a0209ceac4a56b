package dev.vitals.health;

import java.util.ArrayList;
import java.util.List;

/** A listener that counts completions, and keeps the changes. */
final class Counting implements HealthListener {
    final List<String> changes = new ArrayList<>();
    long completed;
    long failuresCounted;

    @Override
    public synchronized void onCompleted(HealthReport.Check after) {
        completed++;
    }

    @Override
    public synchronized void onChanged(HealthReport.Check before, HealthReport.Check after) {
        String from = before.checkedAt() == null ? "?" : before.status().name();
        String cause = after.cause() == null ? "" : " because of " + after.cause();
        changes.add(after.name() + " " + from + " " + after.status() + cause);
        if (after.status() == Status.DOWN && after.cause() == null) {
            failuresCounted++;
        }
    }
}
