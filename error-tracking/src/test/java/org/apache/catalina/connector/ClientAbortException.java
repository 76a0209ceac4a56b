package org.apache.catalina.connector;

import java.io.IOException;

/** Has the name of Tomcat's own, by which it is known. */
public class ClientAbortException extends IOException {
    private static final long serialVersionUID = 1L;
}
