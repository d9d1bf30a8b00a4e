package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// targets are the images, each with the port its service listens on.
var targets = []string{"gateway", "trainer", "trainer-cuda", "analyzer", "analyzer-cuda", "perturbation"}

var (
	pinned = regexp.MustCompile(`(?m)^ARG \w+_IMAGE=([a-z0-9./-]+:[\w.-]+@sha256:[0-9a-f]{64})?$`)
	images = regexp.MustCompile(`(?m)^ARG \w+_IMAGE=`)
)

func check(ctx context.Context, root string, dockerfile, ignore []byte) ([]string, error) {
	wrong, err := lint(ctx, dockerfile)
	if err != nil {
		return nil, err
	}
	if len(pinned.FindAll(dockerfile, -1)) != len(images.FindAll(dockerfile, -1)) {
		wrong = append(wrong, "a base image is not pinned by tag and digest")
	}
	for _, target := range targets {
		config, err := convert(ctx, dockerfile, target)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, configured(target, config)...)
	}
	stages, err := parse(dockerfile)
	if err != nil {
		return nil, err
	}
	for name, stage := range stages {
		wrong = append(wrong, bases(name, stage, stages)...)
		missing, err := copied(root, stage, ignore)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, missing...)
	}
	slices.Sort(wrong)
	return wrong, nil
}

func configured(target string, config *ocispecs.ImageConfig) []string {
	var wrong []string
	say := func(format string, arguments ...any) {
		wrong = append(wrong, target+": "+fmt.Sprintf(format, arguments...))
	}
	if !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(config.User) {
		say("the user is not a number other than root's: %q", config.User)
	}
	if len(config.Entrypoint) < 2 || config.Entrypoint[0] != "java" {
		say("the JVM is not the first process, so SIGTERM would not reach it: %q", config.Entrypoint)
	}
	if config.StopSignal != "SIGTERM" {
		say("STOPSIGNAL is %q", config.StopSignal)
	}
	env := map[string]string{}
	for _, pair := range config.Env {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	if _, exposed := config.ExposedPorts[env["QUARKUS_HTTP_PORT"]+"/tcp"]; !exposed {
		say("does not expose QUARKUS_HTTP_PORT %q", env["QUARKUS_HTTP_PORT"])
	}
	service, cuda := strings.CutSuffix(target, "-cuda")
	if service == "trainer" || service == "analyzer" {
		want := map[string]string{"THETASCOPE_" + strings.ToUpper(service) + "_DEVICE": "cpu"}
		if cuda {
			want = map[string]string{"THETASCOPE_" + strings.ToUpper(service) + "_DEVICE": "cuda",
				"NVIDIA_TF32_OVERRIDE": "0", "CUBLAS_WORKSPACE_CONFIG": ":4096:8", "NVIDIA_DRIVER_CAPABILITIES": "compute,utility"}
		}
		for name, value := range want {
			if env[name] != value {
				say("%s is %q, not %q", name, env[name], value)
			}
		}
	}
	return wrong
}

// bases finds stages on, and files from, an image that no ARG names: BuildKit takes a misspelled stage for an image.
func bases(name string, stage instructions.Stage, stages map[string]instructions.Stage) []string {
	var wrong []string
	if _, ours := stages[stage.BaseName]; !ours && !strings.HasPrefix(stage.BaseName, "${") {
		wrong = append(wrong, "stage "+name+" is on "+stage.BaseName+", which no ARG at the top names")
	}
	for _, command := range stage.Commands {
		c, isCopy := command.(*instructions.CopyCommand)
		if !isCopy || c.From == "" {
			continue
		}
		if _, ours := stages[c.From]; !ours {
			wrong = append(wrong, "stage "+name+" copies from "+c.From+", which is no stage")
		}
	}
	return wrong
}

// copied finds what a stage copies from the context and .dockerignore or the repository withholds.
func copied(root string, stage instructions.Stage, ignore []byte) ([]string, error) {
	patterns, err := ignorefile.ReadAll(strings.NewReader(string(ignore)))
	if err != nil {
		return nil, err
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, command := range stage.Commands {
		c, isCopy := command.(*instructions.CopyCommand)
		if !isCopy || c.From != "" {
			continue
		}
		for _, source := range c.SourcePaths {
			ignored, err := matcher.MatchesOrParentMatches(source)
			if err != nil {
				return nil, err
			}
			if _, err := os.Stat(filepath.Join(root, source)); err != nil || (ignored && source != ".") {
				wrong = append(wrong, "stage "+stage.Name+" copies "+source+", which the build context does not have")
			}
		}
	}
	return wrong, nil
}
