package io.thetascope.gateway.api;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Holds every request body that is read into memory to one mebibyte. The server's own limit is that of uploads, which
 * are streamed.
 */
@Provider
public final class BodyLimit implements ContainerRequestFilter, ReaderInterceptor {
    private static final long LARGEST = 1 << 20;
    private static final String STREAMED = "/api/v1/pretrained/";

    @Override
    public void filter(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        boolean tooLarge = length != null && (length.length() > 18 || Long.parseLong(length) > LARGEST);
        if (tooLarge && !request.getUriInfo().getPath().startsWith(STREAMED)) {
            request.abortWith(ProblemDetail.answer(413, tooLarge(), List.of()));
        }
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() != InputStream.class) {
            context.setInputStream(new Limited(context.getInputStream()));
        }
        return context.proceed();
    }

    private static String tooLarge() {
        return "The body is larger than " + LARGEST + " bytes.";
    }

    /** Of a body without a length. */
    private static final class Limited extends FilterInputStream {
        private long left = LARGEST;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            return spend(value, value < 0 ? 0 : 1);
        }

        @Override
        public int read(byte[] into, int at, int count) throws IOException {
            int taken = super.read(into, at, count);
            return spend(taken, taken);
        }

        private int spend(int result, int bytes) {
            left -= Math.max(bytes, 0);
            if (left < 0) {
                throw new ClientErrorException(tooLarge(), 413);
            }
            return result;
        }
    }
}
