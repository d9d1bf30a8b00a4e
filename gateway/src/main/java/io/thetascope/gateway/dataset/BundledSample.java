package io.thetascope.gateway.dataset;

import java.io.IOException;
import java.io.InputStream;

/** The first images of Fashion-MNIST, which come with the gateway. */
record BundledSample() implements DatasetFiles {
    @Override
    public String source() {
        return "bundled sample";
    }

    @Override
    public String fingerprint() {
        return "bundled";
    }

    @Override
    public boolean read(Taker taker) throws IOException, MalformedDatasetException {
        for (String name : KnownDataset.FASHION_MNIST.layout().files().toList()) {
            String resource = "/datasets/fashion-mnist-sample/" + name + ".gz";
            InputStream bytes = BundledSample.class.getResourceAsStream(resource);
            if (bytes == null) {
                throw new IOException("not on the class path: " + resource);
            }
            try (DigestedFile file = new DigestedFile(resource, bytes)) {
                taker.take(name, file.content());
            }
        }
        return false;
    }
}
