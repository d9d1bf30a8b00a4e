package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// unseen stands for base images, which are not fetched: their configuration is taken as empty but for a PATH.
type unseen struct{}

func (unseen) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	config := []byte(`{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/opt/java/openjdk/bin:/usr/bin:/bin"]}}`)
	return ref, digest.FromBytes(config), config, nil
}

func options(target string) dockerfile2llb.ConvertOpt {
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	caps := pb.Caps.CapSet(pb.Caps.All())
	return dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{Target: target, ImageResolveMode: llb.ResolveModeDefault},
		MetaResolver:   unseen{},
		LLBCaps:        &caps,
		TargetPlatform: &platform,
	}
}

// lint returns the warnings of BuildKit's linter on all stages.
func lint(ctx context.Context, dockerfile []byte) ([]string, error) {
	var wrong []string
	opt := options("")
	opt.AllStages = true
	opt.Warn = func(rule, _, _, message string, _ []parser.Range) {
		if warning := rule + ": " + message; !slices.Contains(wrong, warning) {
			wrong = append(wrong, warning)
		}
	}
	_, err := dockerfile2llb.Dockerfile2LLB(ctx, dockerfile, opt)
	return wrong, err
}

// convert returns the configuration of a target's image as a build would write it.
func convert(ctx context.Context, dockerfile []byte, target string) (*ocispecs.ImageConfig, error) {
	result, err := dockerfile2llb.Dockerfile2LLB(ctx, dockerfile, options(target))
	if err != nil {
		return nil, fmt.Errorf("target %s: %w", target, err)
	}
	if _, err := result.State.Marshal(ctx); err != nil {
		return nil, fmt.Errorf("target %s: %w", target, err)
	}
	config := result.Image.Config.ImageConfig
	return &config, nil
}

// Step is one instruction that changes the file system of a stage.
type Step struct {
	Stage   string   `json:"stage"`
	Run     string   `json:"run,omitempty"`
	From    string   `json:"from,omitempty"`
	Sources []string `json:"sources,omitempty"`
	Target  string   `json:"target,omitempty"`
}

// Plan is what an image is made of: steps of all stages it needs, bases first.
type Plan struct {
	Env        []string `json:"env"`
	Entrypoint []string `json:"entrypoint"`
	User       string   `json:"user"`
	WorkingDir string   `json:"workingDir"`
	Steps      []Step   `json:"steps"`
}

func planOf(ctx context.Context, dockerfile []byte, target string) (*Plan, error) {
	config, err := convert(ctx, dockerfile, target)
	if err != nil {
		return nil, err
	}
	stages, err := parse(dockerfile)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Env: config.Env, Entrypoint: config.Entrypoint, User: config.User, WorkingDir: config.WorkingDir}
	plan.Steps = stepsOf(stages, target, map[string]bool{})
	return plan, nil
}

func parse(dockerfile []byte) (map[string]instructions.Stage, error) {
	parsed, err := parser.Parse(bytes.NewReader(dockerfile))
	if err != nil {
		return nil, err
	}
	stages, _, err := instructions.Parse(parsed.AST, nil)
	if err != nil {
		return nil, err
	}
	named := map[string]instructions.Stage{}
	for _, stage := range stages {
		named[stage.Name] = stage
	}
	return named, nil
}

func stepsOf(stages map[string]instructions.Stage, name string, done map[string]bool) []Step {
	stage, ours := stages[name]
	if !ours || done[name] {
		return nil
	}
	done[name] = true
	steps := stepsOf(stages, stage.BaseName, done)
	for _, command := range stage.Commands {
		switch c := command.(type) {
		case *instructions.RunCommand:
			steps = append(steps, Step{Stage: name, Run: strings.Join(c.CmdLine, " ")})
		case *instructions.CopyCommand:
			steps = append(steps, stepsOf(stages, c.From, done)...)
			steps = append(steps, Step{Stage: name, From: c.From, Sources: c.SourcePaths, Target: c.DestPath})
		}
	}
	return steps
}
