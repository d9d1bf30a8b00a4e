package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// services of this project; all others come from elsewhere and are pinned by digest.
var services = []string{"gateway", "trainer", "analyzer", "perturbation"}

var (
	digest = regexp.MustCompile(`^[a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64}$`)
	// images without a shell or an HTTP client, whose health Compose cannot ask
	mute = []string{"otel-collector", "jaeger"}
)

const shortestGrace = 30 * time.Second

// rules returns where a project breaks a rule that holds for every deployment.
func rules(project *types.Project) []string {
	var wrong []string
	for _, name := range project.ServiceNames() {
		service := project.Services[name]
		say := func(format string, arguments ...any) {
			wrong = append(wrong, name+": "+fmt.Sprintf(format, arguments...))
		}
		privileges(service, say)
		reachability(service, say)
		files(service, say)
		if slices.Contains(services, name) {
			ours(service, say)
		} else if !digest.MatchString(service.Image) {
			say("the image is not pinned by tag and digest: %s", service.Image)
		}
	}
	for _, name := range services {
		if _, there := project.Services[name]; !there {
			wrong = append(wrong, name+": missing")
		}
	}
	return wrong
}

func privileges(service types.ServiceConfig, say func(string, ...any)) {
	if !slices.Equal(service.CapDrop, []string{"ALL"}) {
		say("cap_drop is not [ALL]")
	}
	if !slices.Contains(service.SecurityOpt, "no-new-privileges:true") {
		say("no-new-privileges is not set")
	}
	if service.Privileged || service.NetworkMode == "host" || service.Pid == "host" || service.Ipc == "host" {
		say("shares the host's namespaces or is privileged")
	}
	if service.Restart != "unless-stopped" {
		say("restart is %q", service.Restart)
	}
}

func reachability(service types.ServiceConfig, say func(string, ...any)) {
	for _, port := range service.Ports {
		if port.HostIP != "127.0.0.1" {
			say("port %d is published on %q, not on loopback", port.Target, port.HostIP)
		}
	}
	if slices.Contains(mute, service.Name) {
		return
	}
	if service.HealthCheck == nil || service.HealthCheck.Disable || len(service.HealthCheck.Test) == 0 {
		say("has no health check")
	}
	for dependency, how := range service.DependsOn {
		if how.Condition != types.ServiceConditionHealthy {
			say("waits for %s only until it is started", dependency)
		}
	}
}

// files finds bind mounts of what is not in the repository; data sets and secrets are the user's.
func files(service types.ServiceConfig, say func(string, ...any)) {
	for _, volume := range service.Volumes {
		if volume.Type != types.VolumeTypeBind {
			continue
		}
		if !volume.ReadOnly {
			say("%s is mounted writable", volume.Source)
		}
		if volume.Target == "/datasets" {
			continue
		}
		if _, err := os.Stat(volume.Source); err != nil {
			say("%s is mounted and does not exist", volume.Source)
		}
	}
}

func ours(service types.ServiceConfig, say func(string, ...any)) {
	if !service.ReadOnly {
		say("the root file system is writable")
	}
	if service.Build == nil || service.Build.Target == "" {
		say("is not built from a target of the Dockerfile")
	}
	if service.StopGracePeriod == nil || time.Duration(*service.StopGracePeriod) < shortestGrace {
		say("stop_grace_period is shorter than %s", shortestGrace)
	}
	if service.Deploy == nil || service.Deploy.Resources.Limits == nil || service.Deploy.Resources.Limits.MemoryBytes == 0 {
		say("has no memory limit")
	}
	if service.User != "" {
		say("changes the user of the image")
	}
	for _, needed := range []string{"kafka", "minio"} {
		if _, there := service.DependsOn[needed]; !there {
			say("does not wait for %s", needed)
		}
	}
}

// gpuRules returns where the GPU override does not promise and demand a GPU.
func gpuRules(project *types.Project) []string {
	var wrong []string
	for _, name := range []string{"trainer", "analyzer"} {
		service := project.Services[name]
		key := "THETASCOPE_" + strings.ToUpper(name) + "_DEVICE"
		want := map[string]string{key: "cuda", "NVIDIA_TF32_OVERRIDE": "0", "CUBLAS_WORKSPACE_CONFIG": ":4096:8"}
		for variable, value := range want {
			if got := service.Environment[variable]; got == nil || *got != value {
				wrong = append(wrong, fmt.Sprintf("%s: %s is not %s with docker-compose.gpu.yml", name, variable, value))
			}
		}
		if !strings.HasSuffix(service.Image, "-cuda") || service.Build.Target != name+"-cuda" {
			wrong = append(wrong, name+": docker-compose.gpu.yml does not take the CUDA image")
		}
		reserved := service.Deploy.Resources.Reservations
		if reserved == nil || len(reserved.Devices) != 1 || !slices.Contains(reserved.Devices[0].Capabilities, "gpu") {
			wrong = append(wrong, name+": docker-compose.gpu.yml reserves no GPU")
		}
	}
	slices.Sort(wrong)
	return wrong
}
