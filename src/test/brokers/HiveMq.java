import com.hivemq.embedded.EmbeddedHiveMQ;
import java.nio.file.Path;

/** A HiveMQ Community Edition on a folder with conf, data and extensions. */
class HiveMq {

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        EmbeddedHiveMQ.builder()
                .withConfigurationFolder(folder.resolve("conf"))
                .withDataFolder(folder.resolve("data"))
                .withExtensionsFolder(folder.resolve("extensions"))
                .build()
                .start()
                .join();
        Thread.currentThread().join();
    }
}
