package io.lightnvr.mqtt.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whose the files of a store are, and whether the user of this process may write them. */
public final class FileRights {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private FileRights() {}

    /**
     * Lets only the owner read and write a file, whatever the umask is; creates it if there is none. Where that cannot be done,
     * whoever opens the file next is told why.
     */
    public static void reserve(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
            } else if (!Files.getPosixFilePermissions(file).equals(OWNER)) {
                Files.setPosixFilePermissions(file, OWNER);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // A disk without such rights, one that cannot be written, or something else of that name.
        }
    }

    /** Why this user cannot write the data folder, as far as rights are the reason. */
    public static Optional<StoreTrouble> ofFolder(Path folder) {
        return refusal(folder, folder.toString());
    }

    /** Why this user cannot write the store in a folder, as far as rights are the reason. */
    static Optional<StoreTrouble> ofStore(Path folder) {
        return files(folder)
                .map(file -> refusal(file, all(folder)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A file of the store that is not of the folder's owner, who cannot write it then: somebody else has run the bridge once. */
    public static Optional<StoreTrouble> foreign(Path folder) {
        return files(folder)
                .filter(file -> !owner(file).equals(owner(folder)))
                .map(file -> new StoreTrouble(
                        "%s belongs to %s, its folder to %s".formatted(file, owner(file), owner(folder)),
                        "if the bridge runs as %s, as root: %s"
                                .formatted(owner(folder), chown(owner(folder), all(folder)))))
                .findFirst();
    }

    private static Optional<StoreTrouble> refusal(Path file, String all) {
        if (Files.isReadable(file) && Files.isWritable(file)) {
            return Optional.empty();
        }
        String user = user();
        return Optional.of(owner(file))
                .filter(owner -> !owner.isEmpty() && !owner.equals(user))
                .map(owner -> new StoreTrouble(
                        "%s belongs to %s, and %s may not write it".formatted(file, owner, user),
                        "as root: " + chown(user, all)));
    }

    private static Stream<Path> files(Path folder) {
        return Stream.concat(StoreFolder.SUFFIXES.stream().map(StoreFolder.FILE::concat), Stream.of(StoreFolder.LOCK))
                .map(name -> folder.toAbsolutePath().resolve(name))
                .filter(Files::exists);
    }

    private static String chown(String user, String files) {
        return "chown " + user + " " + files;
    }

    /** The files of a store for a shell, with a pattern. */
    private static String all(Path folder) {
        return folder.toAbsolutePath().resolve(StoreFolder.FILE) + "* "
                + folder.toAbsolutePath().resolve(StoreFolder.LOCK);
    }

    /** The name of the owner, or its number where it has no name; empty if it cannot be found out. */
    private static String owner(Path file) {
        try {
            return Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    /** Linux knows the process by its number also where it has no name. */
    private static String user() {
        return Stream.of(owner(Path.of("/proc/self")), System.getProperty("user.name"))
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
