package io.thetascope.gateway.dataset;

import io.thetascope.contracts.identity.ContentHash;
import io.thetascope.contracts.identity.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data set in a tar archive that is packed with gzip: read through once, in bounded memory, and never
 * unpacked to disk.
 *
 * @param path of the archive
 * @param wanted names of the files; others are passed over while they are small
 * @param fileBytes the length of each of them
 * @param official the published archive's checksum
 */
record ArchiveFiles(Path path, List<String> wanted, long fileBytes, Digest official) implements DatasetFiles {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_ENTRIES = 64;
    private static final long LARGEST_OTHER = 1 << 20;
    // headers, padding, and the zeros at the end
    private static final long SLACK = 1 << 20;

    ArchiveFiles {
        wanted = List.copyOf(wanted);
    }

    static ArchiveFiles of(KnownDataset dataset, Path path) {
        return new ArchiveFiles(
                path, dataset.layout().files().toList(), CifarReader.FILE_BYTES, dataset.officialArchive());
    }

    @Override
    public String source() {
        return "archive " + path;
    }

    @Override
    public String fingerprint() throws IOException {
        return LocalFile.fingerprint(path);
    }

    @Override
    public boolean read(Taker taker) throws IOException, MalformedDatasetException {
        MessageDigest sha256 = ContentHash.sha256();
        try (InputStream raw = new BufferedInputStream(new DigestInputStream(LocalFile.open(path), sha256), BUFFER);
                Allowance content = new Allowance(unpacked(raw));
                TarArchiveInputStream tar = new TarArchiveInputStream(content, TarConstants.DEFAULT_RCDSIZE)) {
            Set<String> seen = readEntries(tar, content, taker);
            for (String name : wanted) {
                if (!seen.contains(name)) {
                    throw refused("lacks " + name);
                }
            }
            requireNothingElse(content);
        }
        return Digest.ofHash(sha256.digest()).equals(official);
    }

    private Set<String> readEntries(TarArchiveInputStream tar, Allowance content, Taker taker)
            throws IOException, MalformedDatasetException {
        Set<String> seen = new HashSet<>();
        int entries = 0;
        for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
            if (++entries > MOST_ENTRIES) {
                throw refused("holds more than " + MOST_ENTRIES + " entries");
            }
            String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
            boolean taken = wanted.contains(name);
            if (taken) {
                requireFile(entry, name);
            } else if (entry.getSize() > LARGEST_OTHER) {
                throw refused("holds " + entry.getSize() + " bytes that are none of its files");
            }
            content.allow(entry.getSize() + SLACK);
            if (taken) {
                if (!seen.add(name)) {
                    throw refused("holds " + name + " twice");
                }
                taker.take(name, SourceFile.unpacked(path + "!" + name, tar));
            }
        }
        return seen;
    }

    private InputStream unpacked(InputStream raw) throws MalformedDatasetException {
        try {
            return Gunzip.of(raw);
        } catch (IOException e) {
            throw SourceFile.damaged(path.toString(), e);
        }
    }

    private @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws MalformedDatasetException {
        try {
            return tar.getNextEntry();
        } catch (IOException e) {
            throw SourceFile.damaged(path.toString(), e);
        }
    }

    private void requireFile(TarArchiveEntry entry, String name) throws MalformedDatasetException {
        boolean file = entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
        if (!file || entry.isSparse() || entry.isDirectory()) {
            throw refused(name + " in it is a link, a folder or something else that is no plain file");
        }
        if (entry.getSize() != fileBytes) {
            throw refused(name + " in it has " + entry.getSize() + " bytes, not " + fileBytes);
        }
    }

    private void requireNothingElse(Allowance content) throws MalformedDatasetException {
        content.allow(SLACK);
        try {
            for (int value = content.read(); value >= 0; value = content.read()) {
                if (value != 0) {
                    throw refused("there is more in it after its end");
                }
            }
        } catch (IOException e) {
            throw SourceFile.damaged(path.toString(), e);
        }
    }

    private MalformedDatasetException refused(String reason) {
        return new MalformedDatasetException(path.toString(), reason);
    }
}
