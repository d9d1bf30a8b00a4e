// Command connections reads rendered manifests and lists who may talk to whom by their NetworkPolicies, one line each:
// "source -> destination protocol/port". Workloads of the manifests have their names; who is not in them is named as the policy
// names it. A connection between two workloads needs the policies of both.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	netv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

type workload struct {
	name, namespace string
	labels          labels.Set
	ports           map[string]int32
}

type cluster struct {
	workloads []workload
	policies  []netv1.NetworkPolicy
}

var templates = map[string][]string{
	"Deployment":  {"spec", "template"},
	"StatefulSet": {"spec", "template"},
	"ScaledJob":   {"spec", "jobTargetRef", "template"},
}

func main() {
	c := read(os.Stdin)
	if len(c.workloads) == 0 {
		log.Fatal("no workloads at all")
	}
	var lines []string
	for _, w := range c.workloads {
		if !c.isolated(w, netv1.PolicyTypeEgress) || !c.isolated(w, netv1.PolicyTypeIngress) {
			lines = append(lines, fmt.Sprintf("%s is not isolated", w.name))
		}
		lines = append(lines, c.egress(w)...)
		lines = append(lines, c.ingressFromOutside(w)...)
	}
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		fmt.Println(line)
	}
}

func read(in io.Reader) cluster {
	var c cluster
	decoder := utilyaml.NewYAMLOrJSONDecoder(in, 4096)
	for {
		var resource unstructured.Unstructured
		err := decoder.Decode(&resource.Object)
		if errors.Is(err, io.EOF) {
			return c
		}
		check(err)
		if path, has := templates[resource.GetKind()]; has {
			c.workloads = append(c.workloads, asWorkload(resource, path))
		}
		if resource.GetKind() == "NetworkPolicy" {
			var policy netv1.NetworkPolicy
			check(runtime.DefaultUnstructuredConverter.FromUnstructured(resource.Object, &policy))
			c.policies = append(c.policies, policy)
		}
	}
}

func asWorkload(resource unstructured.Unstructured, path []string) workload {
	found, _, err := unstructured.NestedMap(resource.Object, path...)
	check(err)
	var template corev1.PodTemplateSpec
	check(runtime.DefaultUnstructuredConverter.FromUnstructured(found, &template))
	ports := map[string]int32{}
	for _, container := range template.Spec.Containers {
		for _, port := range container.Ports {
			ports[port.Name] = port.ContainerPort
		}
	}
	return workload{resource.GetName(), resource.GetNamespace(), template.Labels, ports}
}

func (c cluster) of(w workload, direction netv1.PolicyType) []netv1.NetworkPolicy {
	var found []netv1.NetworkPolicy
	for _, policy := range c.policies {
		if policy.Namespace == w.namespace && matches(&policy.Spec.PodSelector, w.labels) &&
			slices.Contains(policy.Spec.PolicyTypes, direction) {
			found = append(found, policy)
		}
	}
	return found
}

func (c cluster) isolated(w workload, direction netv1.PolicyType) bool {
	return len(c.of(w, direction)) > 0
}

func (c cluster) egress(from workload) []string {
	var lines []string
	for _, policy := range c.of(from, netv1.PolicyTypeEgress) {
		for _, rule := range policy.Spec.Egress {
			lines = append(lines, c.egressRule(from, rule)...)
		}
	}
	return lines
}

func (c cluster) egressRule(from workload, rule netv1.NetworkPolicyEgressRule) []string {
	var lines []string
	if len(rule.To) == 0 || len(rule.Ports) == 0 {
		return []string{from.name + " -> anywhere or any port"}
	}
	for _, peer := range rule.To {
		for _, port := range rule.Ports {
			inside := false
			for _, to := range c.workloads {
				if selects(peer, from.namespace, to) {
					inside = true
					if c.lets(from, to, number(port, to)) {
						lines = append(lines, line(from.name, to.name, port, to))
					}
				}
			}
			if !inside {
				lines = append(lines, line(from.name, describe(peer), port, workload{}))
			}
		}
	}
	return lines
}

// lets says whether the policies of the destination let a workload in.
func (c cluster) lets(from, to workload, port int32) bool {
	for _, policy := range c.of(to, netv1.PolicyTypeIngress) {
		for _, rule := range policy.Spec.Ingress {
			peer := slices.ContainsFunc(rule.From, func(p netv1.NetworkPolicyPeer) bool {
				return selects(p, to.namespace, from)
			})
			open := slices.ContainsFunc(rule.Ports, func(p netv1.NetworkPolicyPort) bool { return number(p, to) == port })
			if (peer || len(rule.From) == 0) && (open || len(rule.Ports) == 0) {
				return true
			}
		}
	}
	return false
}

func (c cluster) ingressFromOutside(to workload) []string {
	var lines []string
	for _, policy := range c.of(to, netv1.PolicyTypeIngress) {
		for _, rule := range policy.Spec.Ingress {
			if len(rule.From) == 0 || len(rule.Ports) == 0 {
				lines = append(lines, "anybody or any port -> "+to.name)
			}
			for _, peer := range rule.From {
				for _, port := range rule.Ports {
					if peer.NamespaceSelector != nil || peer.IPBlock != nil {
						lines = append(lines, line(describe(peer), to.name, port, to))
					}
				}
			}
		}
	}
	return lines
}

// selects knows namespaces by the label that Kubernetes gives them.
func selects(peer netv1.NetworkPolicyPeer, home string, w workload) bool {
	if peer.IPBlock != nil {
		return false
	}
	if peer.NamespaceSelector == nil && w.namespace != home {
		return false
	}
	if peer.NamespaceSelector != nil &&
		!matches(peer.NamespaceSelector, labels.Set{"kubernetes.io/metadata.name": w.namespace}) {
		return false
	}
	return peer.PodSelector == nil || matches(peer.PodSelector, w.labels)
}

func matches(selector *metav1.LabelSelector, set labels.Set) bool {
	compiled, err := metav1.LabelSelectorAsSelector(selector)
	check(err)
	return compiled.Matches(set)
}

func number(port netv1.NetworkPolicyPort, to workload) int32 {
	if port.Port == nil {
		return 0
	}
	if port.Port.StrVal != "" {
		return to.ports[port.Port.StrVal]
	}
	return port.Port.IntVal
}

func describe(peer netv1.NetworkPolicyPeer) string {
	if peer.IPBlock != nil {
		text := peer.IPBlock.CIDR
		if len(peer.IPBlock.Except) > 0 {
			text += " but " + strings.Join(peer.IPBlock.Except, ",")
		}
		return text
	}
	text := "[" + metav1.FormatLabelSelector(peer.PodSelector) + "]"
	if peer.NamespaceSelector != nil {
		text += " in [" + metav1.FormatLabelSelector(peer.NamespaceSelector) + "]"
	}
	return text
}

func line(from, to string, port netv1.NetworkPolicyPort, w workload) string {
	return fmt.Sprintf("%s -> %s %s/%d", from, to, *port.Protocol, number(port, w))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
