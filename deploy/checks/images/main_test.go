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
		{"unknown instruction", "Dockerfile", "STOPSIGNAL SIGTERM", "STOPSIGNALL SIGTERM", "STOPSIGNALL"},
		{"unknown target", "Dockerfile", "FROM trainer-base AS trainer-cuda", "FROM trainer-base AS trainer-gpu", "trainer-cuda"},
		{"stage that is not there", "Dockerfile", "COPY --from=torch-cpu /opt/djl", "COPY --from=torch-cpuu /opt/djl", "torch-cpuu"},
		{"root", "Dockerfile", "USER 10001:10001", "USER root", "gateway: the user"},
		{"shell form", "Dockerfile", `ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60"`, `ENTRYPOINT exec java "-XX:MaxRAMPercentage=60"`, "gateway: the JVM is not the first process"},
		{"floating base", "Dockerfile", "@sha256:543aebd60ff1deb9e906a8d4b117a7eda68a7f8e0d71041db2b5839d7fa057b8", "", "not pinned"},
		{"other base", "Dockerfile", "FROM ${JRE_IMAGE} AS runtime", "FROM debian:stable AS runtime", "debian:stable"},
		{"wrong port", "Dockerfile", "EXPOSE 8084", "EXPOSE 8080", "analyzer: does not expose"},
		{"no promise", "Dockerfile", "THETASCOPE_ANALYZER_DEVICE=cuda", "THETASCOPE_ANALYZER_DEVICE=cpu", "analyzer-cuda: THETASCOPE_ANALYZER_DEVICE"},
		{"rounded convolutions", "Dockerfile", "NVIDIA_TF32_OVERRIDE=0", "NVIDIA_TF32_OVERRIDE=1", "trainer-cuda: NVIDIA_TF32_OVERRIDE"},
		{"file that is not there", "Dockerfile", "COPY deploy/images/ready ", "COPY deploy/images/redy ", "deploy/images/redy"},
		{"file that is withheld", ".dockerignore", "!deploy/images", "", "deploy/images/ready"},
		{"lint", "Dockerfile", "AS runtime", "as runtime", "FromAsCasing"},
	} {
		t.Run(mutation.name, func(t *testing.T) {
			found := strings.Join(findings(t, mutation.file, mutation.old, mutation.new), "\n")
			if !strings.Contains(found, mutation.finding) {
				t.Errorf("%q expected among:\n%s", mutation.finding, found)
			}
		})
	}
}

func findings(t *testing.T, file, old, new string) []string {
	t.Helper()
	content := map[string]string{}
	for _, name := range []string{"Dockerfile", ".dockerignore"} {
		read, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		content[name] = string(read)
	}
	if !strings.Contains(content[file], old) {
		t.Fatalf("%s no longer contains %q", file, old)
	}
	content[file] = strings.Replace(content[file], old, new, 1)
	wrong, err := check(context.Background(), root, []byte(content["Dockerfile"]), []byte(content[".dockerignore"]))
	if err != nil {
		return []string{err.Error()}
	}
	return wrong
}
