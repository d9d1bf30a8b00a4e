package io.thetascope.gateway.dataset;

import java.io.IOException;

/** The files of one data set at one place. */
interface DatasetFiles {
    /** Returns where they are, in words. */
    String source();

    /** Returns something that changes when the files do. */
    String fingerprint() throws IOException;

    /**
     * Hands every file over once, in the order in which they lie there.
     *
     * @return whether what was read is what the makers of the data set published, by its checksum
     * @throws MalformedDatasetException when one is missing or damaged
     */
    boolean read(Taker taker) throws IOException, MalformedDatasetException;

    /** Takes the content of one file. */
    @FunctionalInterface
    interface Taker {
        /**
         * Reads a file to its end.
         *
         * @param file its name, without folder and without .gz
         * @param content valid until the call returns
         */
        void take(String file, SourceFile content) throws IOException, MalformedDatasetException;
    }
}
