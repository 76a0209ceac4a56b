package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.HISTOGRAM;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** The meters of work that is no HTTP request: operations, tasks, queues, scheduled jobs, security events. */
final class WorkDefinitions {
    static final int MOST_NAMES = 100;
    static final int MOST_ERROR_TYPES = 50;

    /** As OpenTelemetry advises for HTTP. */
    static final List<Duration> BUCKETS = HttpDefinitions.BUCKETS;

    static final List<Duration> JOB_BUCKETS = LongStream.of(1, 5, 15, 60, 300, 900, 3_600)
            .mapToObj(Duration::ofSeconds)
            .toList();

    static final Label OPERATION =
            bounded("operation", MOST_NAMES + 1, "the operation's name; `_OTHER` past the bound");
    static final Label TASK = bounded("task", MOST_NAMES + 1, "the worker's name; `_OTHER` past the bound");
    static final Label QUEUE = bounded("queue", MOST_NAMES, "the queue's name");
    static final Label JOB = bounded("scheduled_job", MOST_NAMES, "the job's name");
    static final Label ERROR_TYPE = bounded(
            "error.type",
            MOST_ERROR_TYPES + 2,
            "the class of the exception, `_OTHER` past the bound; empty without one");
    static final Label EVENT = bounded("event", 3, "`authentication_failed`, `forbidden` or `throttled`");

    static final Definition OPERATION_DURATION = new Definition(
            "vitals.operation.duration",
            HISTOGRAM,
            "seconds",
            List.of(OPERATION, ERROR_TYPE),
            "Duration of operations, with the tags that the application has named for all of them");
    static final Definition OPERATION_ACTIVE = new Definition(
            "vitals.operation.active", GAUGE, "", List.of(OPERATION), "Operations under way at this moment");
    static final Definition TASK_DURATION = new Definition(
            "vitals.task.duration",
            HISTOGRAM,
            "seconds",
            List.of(TASK, ERROR_TYPE),
            "Duration of the tasks that a worker has executed, well or not");
    static final Definition TASK_ACTIVE =
            new Definition("vitals.task.active", GAUGE, "", List.of(TASK), "Tasks under way at this moment");
    static final Definition TASK_RETRIED =
            new Definition("vitals.task.retried", COUNTER, "", List.of(TASK), "Tasks that were given another try");
    static final Definition TASK_SATURATION = new Definition(
            "vitals.task.saturation",
            GAUGE,
            "ratio",
            List.of(TASK),
            "Tasks under way as a share of those that can be at once, 0 to 1");
    static final Definition QUEUE_DEPTH =
            new Definition("vitals.queue.depth", GAUGE, "", List.of(QUEUE), "What waits in a queue");
    static final Definition QUEUE_OLDEST = new Definition(
            "vitals.queue.oldest.age",
            GAUGE,
            "seconds",
            List.of(QUEUE),
            "How long the oldest in a queue has waited; 0 while it is empty, NaN while nobody knows");
    static final Definition QUEUE_SATURATION = new Definition(
            "vitals.queue.saturation",
            GAUGE,
            "ratio",
            List.of(QUEUE),
            "What waits in a queue as a share of what it can hold, 0 to 1");
    static final Definition JOB_DURATION = new Definition(
            "vitals.job.duration",
            HISTOGRAM,
            "seconds",
            List.of(JOB, ERROR_TYPE),
            "Duration of the runs of a scheduled job, well or not");
    static final Definition JOB_LAST_SUCCESS = new Definition(
            "vitals.job.last.success.timestamp",
            GAUGE,
            "seconds",
            List.of(JOB),
            "When a scheduled job last ended well, since 1970; NaN before the first time");
    static final Definition JOB_MISSED = new Definition(
            "vitals.job.missed", COUNTER, "", List.of(JOB), "Runs of a scheduled job that were due and did not begin");
    static final Definition SECURITY_EVENTS = new Definition(
            "vitals.security.events", COUNTER, "", List.of(EVENT), "Security events that the application has reported");

    static final List<Definition> ALL = List.of(
            OPERATION_DURATION,
            OPERATION_ACTIVE,
            TASK_DURATION,
            TASK_ACTIVE,
            TASK_RETRIED,
            TASK_SATURATION,
            QUEUE_DEPTH,
            QUEUE_OLDEST,
            QUEUE_SATURATION,
            JOB_DURATION,
            JOB_LAST_SUCCESS,
            JOB_MISSED,
            SECURITY_EVENTS);

    private WorkDefinitions() {}
}
