package dev.vitals.integration;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Holds single threads of another JVM, or kills them. */
record Debugger(VirtualMachine machine) implements AutoCloseable {
    /** Where a thread stands that waits, for a lock of either kind. */
    private static final Set<String> WAITING = Set.of("park", "wait", "wait0");

    /** What a JVM must be started with, so that it can be attached to. */
    static String option(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    static Debugger attach(int port) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        try {
            return new Debugger(connector.attach(arguments));
        } catch (IllegalConnectorArgumentsException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** All that live under that name. */
    List<ThreadReference> threads(String name) {
        return machine.allThreads().stream()
                .filter(thread -> thread.name().equals(name) && thread.status() != ThreadReference.THREAD_STATUS_ZOMBIE)
                .toList();
    }

    /** Throws an error in a thread while it waits: one that the JVM keeps ready, of no memory. */
    void killWhileItWaits(ThreadReference thread) throws IncompatibleThreadStateException {
        ObjectReference error = machine.classesByName("java.lang.OutOfMemoryError")
                .get(0)
                .instances(1)
                .get(0);
        boolean waits = false;
        while (!waits) {
            thread.suspend();
            try {
                waits = WAITING.contains(thread.frame(0).location().method().name());
                if (waits) {
                    thread.stop(error);
                }
            } catch (InvalidTypeException impossible) {
                throw new AssertionError(impossible);
            } finally {
                thread.resume();
            }
        }
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException ended) {
            // It was ended by the test.
        }
    }
}
