package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/template"
	"github.com/compose-spec/compose-go/v2/types"
	"go.yaml.in/yaml/v4"
)

// required has a value for each variable that must have no default.
var required = map[string]string{
	"THETASCOPE_STORE_SECRET_KEY":        "a-secret",
	"POSTGRES_PASSWORD":                  "a-password",
	"GRAFANA_ADMIN_PASSWORD":             "another-password",
	"THETASCOPE_GATEWAY_AUTH_TOKEN_FILE": "./gateway-token",
}

// load reads compose files as `docker compose config` does, with these variables alone and every profile on.
func load(ctx context.Context, root string, files []string, variables map[string]string) (*types.Project, error) {
	env := []string{}
	for name, value := range variables {
		env = append(env, name+"="+value)
	}
	options, err := cli.NewProjectOptions(files,
		cli.WithWorkingDirectory(root),
		cli.WithEnv(env),
		cli.WithProfiles([]string{"*"}),
		cli.WithInterpolation(true),
		cli.WithConsistency(true))
	if err != nil {
		return nil, err
	}
	return options.LoadProject(ctx)
}

// missingSecretIsTold leaves out one required variable after the other: Compose must refuse and name it.
func missingSecretIsTold(ctx context.Context, root string, files []string) []string {
	var wrong []string
	for name := range required {
		variables := maps.Clone(required)
		delete(variables, name)
		_, err := load(ctx, root, files, variables)
		if err == nil {
			wrong = append(wrong, name+" is not given and Compose goes on")
		} else if !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), ".env.example") {
			wrong = append(wrong, fmt.Sprintf("%s is not given and Compose says only: %v", name, err))
		}
	}
	slices.Sort(wrong)
	return wrong
}

var documentedLine = regexp.MustCompile(`^#?([A-Z][A-Z0-9_]*)=(.*)$`)

// ownVariables are Compose's own, which may be documented without being interpolated.
var ownVariables = []string{"COMPOSE_PROFILES"}

// documentation compares the variables that the compose files read with those that the example explains.
func documentation(files []string, example string) ([]string, error) {
	used := map[string]template.Variable{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var model map[string]any
		if err := yaml.Unmarshal(content, &model); err != nil {
			return nil, err
		}
		maps.Copy(used, template.ExtractVariables(model, template.DefaultPattern))
	}
	content, err := os.ReadFile(example)
	if err != nil {
		return nil, err
	}
	documented := map[string]string{}
	for _, line := range strings.Split(string(content), "\n") {
		if match := documentedLine.FindStringSubmatch(line); match != nil && documented[match[1]] == "" {
			documented[match[1]] = match[2]
		}
	}
	return compare(used, documented), nil
}

func compare(used map[string]template.Variable, documented map[string]string) []string {
	var wrong []string
	for name, variable := range used {
		value, there := documented[name]
		_, secret := required[name]
		switch {
		case !there:
			wrong = append(wrong, ".env.example does not explain "+name)
		case secret && (value != "" || variable.DefaultValue != ""):
			wrong = append(wrong, name+" is a secret and has a value in a file of the repository")
		case !secret && value != variable.DefaultValue && name != "QUARKUS_OTEL_SDK_DISABLED":
			wrong = append(wrong, fmt.Sprintf(".env.example says %s=%s, the default is %s", name, value, variable.DefaultValue))
		}
	}
	for name := range documented {
		if _, there := used[name]; !there && !slices.Contains(ownVariables, name) {
			wrong = append(wrong, ".env.example explains "+name+", which no compose file reads")
		}
	}
	slices.Sort(wrong)
	return wrong
}
