package dev.vitals.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** A response that answers no question. */
final class BrokenResponse implements HttpResponse<Void> {
    @Override
    public int statusCode() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpRequest request() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<HttpResponse<Void>> previousResponse() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpHeaders headers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Void body() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        throw new UnsupportedOperationException();
    }

    @Override
    public URI uri() {
        throw new UnsupportedOperationException();
    }

    @Override
    public HttpClient.Version version() {
        throw new UnsupportedOperationException();
    }
}
