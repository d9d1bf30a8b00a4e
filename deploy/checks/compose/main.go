// Command compose holds docker-compose.yml and its GPU override to the rules of this repository, after Compose's own parser has
// read them. It prints what is wrong and exits with 1, or a line for each project that is right.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := "../../.."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	root, err := filepath.Abs(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	wrong, err := check(context.Background(), root)
	if err != nil {
		fmt.Fprintln(os.Stderr, "compose:", err)
		os.Exit(1)
	}
	for _, finding := range wrong {
		fmt.Println("WRONG:", finding)
	}
	if len(wrong) > 0 {
		os.Exit(1)
	}
	fmt.Println("ok: docker-compose.yml, with and without docker-compose.gpu.yml, all profiles; .env.example")
}

// check returns what is wrong in the repository at root, or an error when Compose's parser refuses a file.
func check(ctx context.Context, root string) ([]string, error) {
	base := []string{filepath.Join(root, "docker-compose.yml")}
	gpu := append(base, filepath.Join(root, "docker-compose.gpu.yml"))

	project, err := load(ctx, root, base, required)
	if err != nil {
		return nil, err
	}
	wrong := rules(project)
	withGpu, err := load(ctx, root, gpu, required)
	if err != nil {
		return nil, err
	}
	wrong = append(wrong, rules(withGpu)...)
	wrong = append(wrong, gpuRules(withGpu)...)
	wrong = append(wrong, missingSecretIsTold(ctx, root, base)...)
	documented, err := documentation(gpu, filepath.Join(root, ".env.example"))
	if err != nil {
		return nil, err
	}
	return append(wrong, documented...), nil
}
