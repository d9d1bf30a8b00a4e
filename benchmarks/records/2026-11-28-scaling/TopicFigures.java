import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads every topic of ours from the start: how many records of each event there are, and their bytes. Arguments: servers, file. */
public final class TopicFigures {
    public static void main(String[] arguments) throws Exception {
        Map<String, long[]> figures = new TreeMap<>();
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", arguments[0]), bytes, bytes);
                var out = new PrintStream(arguments[1], StandardCharsets.UTF_8)) {
            List<TopicPartition> all = new ArrayList<>();
            consumer.listTopics().forEach((topic, partitions) -> {
                if (topic.startsWith("thetascope.")) {
                    partitions.forEach(p -> all.add(new TopicPartition(topic, p.partition())));
                }
            });
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    count(figures, message, out);
                }
            }
        }
        System.out.println("topic event records value-bytes key-and-header-bytes mean-value");
        figures.forEach((name, f) -> System.out.printf("%s %d %d %d %d%n", name, f[0], f[1], f[2], f[1] / f[0]));
    }

    private static void count(Map<String, long[]> figures, ConsumerRecord<byte[], byte[]> message, PrintStream out) {
        long around = message.key() == null ? 0 : message.key().length;
        String type = "?";
        for (Header header : message.headers()) {
            around += header.key().length() + header.value().length;
            if (header.key().equals("ce_type")) {
                type = new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        long[] sums = figures.computeIfAbsent(message.topic() + " " + type, name -> new long[3]);
        sums[0]++;
        sums[1] += message.value().length;
        sums[2] += around;
        out.println(type + "\t" + new String(message.value(), StandardCharsets.UTF_8));
    }
}
