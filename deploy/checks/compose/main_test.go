package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../../.."

// Each change must be found: a check that cannot fail says nothing.
func TestFindsWhatIsWrong(t *testing.T) {
	for _, mutation := range []struct{ name, file, old, new, finding string }{
		{"misspelled key", "docker-compose.yml", "    secrets: [gateway-token]", "    secretz: [gateway-token]", "secretz"},
		{"open port", "docker-compose.yml", "127.0.0.1:${GATEWAY_PORT", "0.0.0.0:${GATEWAY_PORT", "gateway: port 8080"},
		{"port without address", "docker-compose.yml", "127.0.0.1:${KAFKA_UI_PORT", "${KAFKA_UI_PORT", "kafka-ui: port 8080"},
		{"writable root", "docker-compose.yml", "  read_only: true\n  tmpfs", "  read_only: false\n  tmpfs", "trainer: the root"},
		{"capabilities", "docker-compose.yml", "  cap_drop: [ALL]", "  cap_drop: [NET_RAW]", "minio: cap_drop"},
		{"floating image", "docker-compose.yml", "apache/kafka:4.2.1@sha256:", "apache/kafka:latest@", "kafka"},
		{"unpinned image", "docker-compose.yml", "postgres:17.11@sha256:67f41722b7a8cbdb868a44a4995c846eddfdc2973bccb291ce937dce88ad5675", "postgres:17", "postgres: the image"},
		{"default secret", "docker-compose.yml", "${GRAFANA_ADMIN_PASSWORD:?set it in .env, see .env.example}", "${GRAFANA_ADMIN_PASSWORD:-admin}", "GRAFANA_ADMIN_PASSWORD is not given"},
		{"secret of the repository", ".env.example", "POSTGRES_PASSWORD=\n", "POSTGRES_PASSWORD=thetascope\n", "POSTGRES_PASSWORD is a secret"},
		{"no health", "docker-compose.yml", "    test: [\"CMD\", \"/opt/thetascope/ready\"]", "    disable: true", "gateway: has no health check"},
		{"short grace", "docker-compose.yml", "stop_grace_period: 2m", "stop_grace_period: 10s", "trainer: stop_grace_period"},
		{"no start order", "docker-compose.yml", "minio: {condition: service_healthy}", "minio: {condition: service_started}", "waits for minio only"},
		{"unknown dependency", "docker-compose.yml", "    minio: {condition", "    minioo: {condition", "minioo"},
		{"undocumented variable", "docker-compose.yml", "GATEWAY_MEMORY:-", "GATEWAY_MEM:-", "does not explain GATEWAY_MEM"},
		{"other default", ".env.example", "#KAFKA_PORT=9092", "#KAFKA_PORT=9093", "KAFKA_PORT=9093"},
		{"missing file", "docker-compose.yml", "./deploy/compose/prometheus.yml", "./deploy/compose/prom.yml", "does not exist"},
		{"no GPU", "docker-compose.gpu.yml", "THETASCOPE_TRAINER_DEVICE: cuda", "THETASCOPE_TRAINER_DEVICE: auto", "THETASCOPE_TRAINER_DEVICE"},
		{"no capability", "docker-compose.gpu.yml", "capabilities: [gpu]", "capabilities: [compute]", "reserves no GPU"},
	} {
		t.Run(mutation.name, func(t *testing.T) {
			found := strings.Join(findings(t, mutation.file, mutation.old, mutation.new), "\n")
			if !strings.Contains(found, mutation.finding) {
				t.Errorf("%q expected among:\n%s", mutation.finding, found)
			}
		})
	}
}

// findings checks a copy of the repository's compose files in which one piece of text was changed.
func findings(t *testing.T, file, old, new string) []string {
	t.Helper()
	copied := t.TempDir()
	if err := os.Symlink(absolute(t, filepath.Join(root, "deploy")), filepath.Join(copied, "deploy")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"docker-compose.yml", "docker-compose.gpu.yml", ".env.example"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if name == file {
			if !strings.Contains(text, old) {
				t.Fatalf("%s no longer contains %q", file, old)
			}
			text = strings.Replace(text, old, new, 1)
		}
		if err := os.WriteFile(filepath.Join(copied, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wrong, err := check(context.Background(), copied)
	if err != nil {
		return []string{err.Error()}
	}
	return wrong
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	result, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
