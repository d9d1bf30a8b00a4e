"""Reads every topic with a Kafka client that is not ours, and checks keys, CloudEvents headers and JSON.

    pip install kafka-python
    python benchmarks/peers/read_topics.py [--bootstrap 127.0.0.1:9092]
"""

import argparse
import json
import sys

from kafka import KafkaConsumer, TopicPartition

TOPICS = ["train-jobs", "analysis-jobs", "run-control", "studies", "epochs", "checkpoints", "runs", "analyses"]
REQUIRED = ["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "content-type"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bootstrap", default="127.0.0.1:9092")
    args = parser.parse_args()
    consumer = KafkaConsumer(bootstrap_servers=args.bootstrap, auto_offset_reset="earliest", consumer_timeout_ms=3000)
    faults = 0
    for topic in [f"thetascope.{name}.v1" for name in TOPICS]:
        partitions = [TopicPartition(topic, p) for p in consumer.partitions_for_topic(topic)]
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        types, count = {}, 0
        for record in consumer:
            count += 1
            headers = {k: v.decode() for k, v in record.headers}
            value = json.loads(record.value)
            types[headers.get("ce_type")] = types.get(headers.get("ce_type"), 0) + 1
            good = all(h in headers for h in REQUIRED) and headers["ce_subject"] == record.key.decode()
            good = good and headers["ce_specversion"] == "1.0" and isinstance(value, dict)
            faults += not good
        print(f"{topic:30} {len(partitions)} partitions, {count} records, {types}")
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
