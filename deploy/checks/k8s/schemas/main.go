// Command schemas makes the JSON schemas that kubeconform validates with: of the kinds that the manifests use, strict (a field
// that the API does not know is an error), without descriptions. One file a kind, each complete in itself.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

type object = map[string]any

// kind names a resource as its manifests do.
type kind struct{ group, version, name string }

func (k kind) apiVersion() string {
	if k.group == "" {
		return k.version
	}
	return k.group + "/" + k.version
}

// file is kubeconform's {{.ResourceKind}}{{.KindSuffix}}.json.
func (k kind) file() string {
	suffix := k.version
	if k.group != "" {
		suffix = strings.Split(k.group, ".")[0] + "-" + k.version
	}
	return strings.ToLower(k.name + "-" + suffix + ".json")
}

var builtIn = []kind{
	{"", "v1", "ConfigMap"},
	{"", "v1", "Namespace"},
	{"", "v1", "PersistentVolumeClaim"},
	{"", "v1", "Service"},
	{"", "v1", "ServiceAccount"},
	{"apps", "v1", "Deployment"},
	{"apps", "v1", "StatefulSet"},
	{"batch", "v1", "Job"},
	{"networking.k8s.io", "v1", "Ingress"},
	{"networking.k8s.io", "v1", "NetworkPolicy"},
	{"policy", "v1", "PodDisruptionBudget"},
	{"scheduling.k8s.io", "v1", "PriorityClass"},
}

// custom are the versions of custom resources that the manifests use.
var custom = map[string]string{
	"Kafka":         "v1",
	"KafkaNodePool": "v1",
	"KafkaTopic":    "v1",
	"PodMonitor":    "v1",
	"ScaledJob":     "v1alpha1",
}

const objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

func main() {
	swagger := flag.String("kubernetes", "", "Kubernetes' api/openapi-spec/swagger.json")
	out := flag.String("out", "", "folder for the schemas")
	flag.Parse()
	definitions := read(*swagger)["definitions"].(object)
	for _, k := range builtIn {
		write(*out, k, whole(k, deepCopy(find(definitions, k)), definitions))
	}
	seen := map[string]bool{}
	for _, path := range flag.Args() {
		k, schema := fromCRD(read(path))
		schema["properties"].(object)["metadata"] = object{"$ref": "#/definitions/" + objectMeta}
		write(*out, k, whole(k, schema, definitions))
		seen[k.name] = true
	}
	for name := range custom {
		if !seen[name] {
			log.Fatalf("no CustomResourceDefinition of %s was given", name)
		}
	}
}

func read(path string) object {
	bytes, err := os.ReadFile(path)
	check(err)
	var read object
	check(yaml.Unmarshal(bytes, &read))
	return read
}

// find looks a kind up by what its definition says it is.
func find(definitions object, wanted kind) object {
	for _, d := range definitions {
		definition := d.(object)
		kinds, _ := definition["x-kubernetes-group-version-kind"].([]any)
		for _, g := range kinds {
			k := g.(object)
			if k["group"] == wanted.group && k["version"] == wanted.version && k["kind"] == wanted.name {
				return definition
			}
		}
	}
	log.Fatalf("Kubernetes has no %s %s", wanted.apiVersion(), wanted.name)
	return nil
}

func fromCRD(crd object) (kind, object) {
	spec := crd["spec"].(object)
	name := spec["names"].(object)["kind"].(string)
	wanted, used := custom[name]
	if !used {
		log.Fatalf("the kind %s is not used", name)
	}
	for _, v := range spec["versions"].([]any) {
		version := v.(object)
		if version["name"] == wanted {
			schema := version["schema"].(object)["openAPIV3Schema"].(object)
			return kind{spec["group"].(string), wanted, name}, schema
		}
	}
	log.Fatalf("%s has no version %s", name, wanted)
	return kind{}, nil
}

// whole adds the definitions that a schema refers to, and names the one resource that it is for.
func whole(k kind, schema object, definitions object) object {
	delete(schema["properties"].(object), "status") // nobody writes it
	used := object{}
	collect(schema, definitions, used)
	strict(schema)
	for _, definition := range used {
		strict(definition.(object))
	}
	properties := schema["properties"].(object)
	properties["apiVersion"] = object{"enum": []any{k.apiVersion()}}
	properties["kind"] = object{"enum": []any{k.name}}
	schema["required"] = append(required(schema), "apiVersion", "kind", "metadata")
	schema["definitions"] = used
	return schema
}

func required(schema object) []any {
	var required []any
	given, _ := schema["required"].([]any)
	for _, name := range given {
		if name != "apiVersion" && name != "kind" && name != "metadata" {
			required = append(required, name)
		}
	}
	return required
}

func collect(node any, definitions, used object) {
	switch n := node.(type) {
	case object:
		if ref, is := n["$ref"].(string); is {
			name := strings.TrimPrefix(ref, "#/definitions/")
			if _, known := used[name]; !known {
				used[name] = deepCopy(definitions[name].(object))
				collect(used[name], definitions, used)
			}
		}
		for _, child := range n {
			collect(child, definitions, used)
		}
	case []any:
		for _, child := range n {
			collect(child, definitions, used)
		}
	}
}

// strict closes objects, turns OpenAPI's notations into JSON schema's and drops what does not decide anything.
func strict(schema object) {
	if schema["x-kubernetes-int-or-string"] == true || schema["format"] == "int-or-string" || isQuantity(schema) {
		clear(schema)
		schema["type"] = []any{"integer", "number", "string"}
		return
	}
	open := schema["x-kubernetes-preserve-unknown-fields"] == true
	if _, has := schema["properties"]; has && schema["additionalProperties"] == nil && !open {
		schema["additionalProperties"] = false
	}
	if schema["nullable"] == true {
		schema["type"] = []any{schema["type"], "null"}
	}
	for name := range schema {
		if strings.HasPrefix(name, "x-") || name == "description" || name == "nullable" || name == "default" ||
			name == "format" || name == "title" || name == "example" {
			delete(schema, name)
		}
	}
	inside(schema)
}

func inside(schema object) {
	for _, name := range []string{"properties", "patternProperties"} {
		children, _ := schema[name].(object)
		for _, child := range children {
			strict(child.(object))
		}
	}
	for _, name := range []string{"items", "additionalProperties", "not"} {
		if child, is := schema[name].(object); is {
			strict(child)
		}
	}
	for _, name := range []string{"allOf", "anyOf", "oneOf"} {
		children, _ := schema[name].([]any)
		for _, child := range children {
			alternative := child.(object)
			_, closed := alternative["additionalProperties"]
			strict(alternative)
			if !closed {
				delete(alternative, "additionalProperties") // it adds to what stands beside it
			}
		}
	}
}

func isQuantity(schema object) bool {
	description, _ := schema["description"].(string)
	return strings.HasPrefix(description, "Quantity is a fixed-point representation")
}

func deepCopy(value object) object {
	bytes, err := json.Marshal(value)
	check(err)
	var copied object
	check(json.Unmarshal(bytes, &copied))
	return copied
}

func write(folder string, k kind, schema object) {
	bytes, err := json.Marshal(schema)
	check(err)
	check(os.WriteFile(filepath.Join(folder, k.file()), append(bytes, '\n'), 0o644))
	fmt.Println(k.file(), len(bytes))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
