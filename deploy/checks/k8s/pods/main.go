// Command pods reads rendered manifests and says what the API server would: every pod held to the Pod Security Standard
// "restricted" by Kubernetes' own evaluator, and no ConfigMap missing. It then writes the manifests again with every ScaledJob as the Job that KEDA would
// make of it, for checkers that know Kubernetes' kinds only.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/yaml"
)

// templates says where a kind keeps its pods.
var templates = map[string][]string{
	"Deployment":  {"spec", "template"},
	"StatefulSet": {"spec", "template"},
	"Job":         {"spec", "template"},
	"ScaledJob":   {"spec", "jobTargetRef", "template"},
}

func main() {
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	check(err)
	pods, refused := 0, 0
	settings := map[string]bool{}
	wanted := map[string]string{}
	decoder := utilyaml.NewYAMLOrJSONDecoder(os.Stdin, 4096)
	for {
		var resource unstructured.Unstructured
		err := decoder.Decode(&resource.Object)
		if errors.Is(err, io.EOF) {
			break
		}
		check(err)
		if path, has := templates[resource.GetKind()]; has {
			pods++
			template := templateOf(resource, path)
			refused += evaluate(evaluator, resource, template)
			for _, container := range template.Spec.Containers {
				for _, from := range container.EnvFrom {
					wanted[from.ConfigMapRef.Name] = resource.GetKind() + " " + resource.GetName()
				}
			}
		}
		if resource.GetKind() == "ConfigMap" {
			settings[resource.GetName()] = true
		}
		write(asJob(resource))
	}
	if pods == 0 {
		log.Fatal("no pods at all")
	}
	for name, by := range wanted {
		if !settings[name] {
			fmt.Fprintf(os.Stderr, "%s: there is no ConfigMap %s\n", by, name)
			refused++
		}
	}
	if refused > 0 {
		os.Exit(1)
	}
}

func templateOf(resource unstructured.Unstructured, path []string) corev1.PodTemplateSpec {
	found, _, err := unstructured.NestedMap(resource.Object, path...)
	check(err)
	var template corev1.PodTemplateSpec
	check(runtime.DefaultUnstructuredConverter.FromUnstructuredWithValidation(found, &template, true))
	return template
}

func evaluate(evaluator policy.Evaluator, resource unstructured.Unstructured, template corev1.PodTemplateSpec) int {
	refused := 0
	restricted := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	for _, result := range evaluator.EvaluatePod(restricted, &template.ObjectMeta, &template.Spec) {
		if !result.Allowed {
			fmt.Fprintf(os.Stderr, "%s %s: %s: %s\n",
				resource.GetKind(), resource.GetName(), result.ForbiddenReason, result.ForbiddenDetail)
			refused++
		}
	}
	return refused
}

func asJob(resource unstructured.Unstructured) unstructured.Unstructured {
	if resource.GetKind() != "ScaledJob" {
		return resource
	}
	spec, _, err := unstructured.NestedMap(resource.Object, "spec", "jobTargetRef")
	check(err)
	job := unstructured.Unstructured{Object: map[string]any{"spec": spec}}
	job.SetAPIVersion("batch/v1")
	job.SetKind("Job")
	job.SetName(resource.GetName())
	job.SetNamespace(resource.GetNamespace())
	job.SetLabels(resource.GetLabels())
	return job
}

func write(resource unstructured.Unstructured) {
	bytes, err := yaml.Marshal(resource.Object)
	check(err)
	fmt.Printf("---\n%s", bytes)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
