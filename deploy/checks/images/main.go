// Command images reads the Dockerfile with BuildKit's own parser and linter, converts every target as a build would, and holds
// the resulting images to the rules of this repository. Nothing is built and nothing is fetched. It prints what is wrong and
// exits with 1.
//
//	images ROOT              check
//	images ROOT plan TARGET  the image's configuration and the steps of its stages, as JSON
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: images ROOT [plan TARGET]")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "images:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, root string, rest []string) error {
	dockerfile, err := os.ReadFile(filepath.Join(root, "Dockerfile"))
	if err != nil {
		return err
	}
	if len(rest) == 2 && rest[0] == "plan" {
		plan, err := planOf(ctx, dockerfile, rest[1])
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(plan)
	}
	ignore, err := os.ReadFile(filepath.Join(root, ".dockerignore"))
	if err != nil {
		return err
	}
	wrong, err := check(ctx, root, dockerfile, ignore)
	if err != nil {
		return err
	}
	for _, finding := range wrong {
		fmt.Println("WRONG:", finding)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d findings", len(wrong))
	}
	fmt.Println("ok: Dockerfile, targets", targets)
	return nil
}
