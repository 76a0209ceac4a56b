package dev.vitals.integration;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import java.io.IOException;
import java.util.List;

/** Holds single threads of another JVM, or kills them. */
record Debugger(VirtualMachine machine) implements AutoCloseable {
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
        } catch (com.sun.jdi.connect.IllegalConnectorArgumentsException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** All that live under that name. */
    List<ThreadReference> threads(String name) {
        return machine.allThreads().stream()
                .filter(thread -> thread.name().equals(name) && thread.status() != ThreadReference.THREAD_STATUS_ZOMBIE)
                .toList();
    }

    /** Throws an error in a thread, wherever it is: one that the JVM keeps ready, of no memory. */
    void kill(ThreadReference thread) {
        ObjectReference error = machine.classesByName("java.lang.OutOfMemoryError")
                .get(0)
                .instances(1)
                .get(0);
        try {
            thread.stop(error);
        } catch (com.sun.jdi.InvalidTypeException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (com.sun.jdi.VMDisconnectedException ended) {
            // It was ended by the test.
        }
    }
}
