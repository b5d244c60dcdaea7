package paths

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/prometheus/common/model"
	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/rules"
)

// rulesOf are the rules of a PrometheusRule as Prometheus itself reads them: the
// operator hands it what stands in spec.
func rulesOf(t *testing.T, text []byte) (*rulefmt.RuleGroups, []byte) {
	t.Helper()
	all := documents(t, text)
	if len(all) != 1 || all[0]["kind"] != "PrometheusRule" {
		t.Fatal("not one PrometheusRule")
	}
	plain, err := yaml.Marshal(all[0]["spec"])
	if err != nil {
		t.Fatal(err)
	}
	groups, faults := rulefmt.Parse(plain, false, model.UTF8Validation)
	for _, fault := range faults {
		t.Error(fault)
	}
	if groups == nil {
		t.FailNow()
	}
	return groups, plain
}

func isRule(name string) bool {
	return strings.HasSuffix(name, "/slo/rules.yaml") || strings.HasSuffix(name, "/deploy/alerts.yaml")
}

func TestRules(t *testing.T) {
	made(t, isRule, func(t *testing.T, _ string, text []byte) {
		groups, _ := rulesOf(t, text)
		alerts := 0
		for _, group := range groups.Groups {
			for _, rule := range group.Rules {
				if rule.Alert != "" {
					alerts++
					if rule.Labels["severity"] == "" || rule.Annotations["summary"] == "" || rule.Annotations["runbook"] == "" {
						t.Errorf("the alert %s says not whom to call, what it is, or what to do", rule.Alert)
					}
				}
			}
		}
		if alerts == 0 {
			t.Error("no alert")
		}
	})
}

// The expressions of a dashboard are ones that Prometheus reads.
func TestDashboards(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, "/dashboard.json") }, func(t *testing.T, _ string, text []byte) {
		var dashboard struct {
			Panels []struct {
				Title   string
				Targets []struct{ Expr string }
			}
		}
		if err := yaml.Unmarshal(text, &dashboard); err != nil { // JSON is YAML
			t.Fatal(err)
		}
		for _, panel := range dashboard.Panels {
			for _, target := range panel.Targets {
				if _, err := parser.ParseExpr(target.Expr); err != nil {
					t.Errorf("%s: %v", panel.Title, err)
				}
			}
		}
		if len(dashboard.Panels) == 0 {
			t.Error("no panel")
		}
	})
}

// A ruleTest is what a file for `promtool test rules` says, as far as the path uses it.
type ruleTest struct {
	Tests []struct {
		Name        string
		InputSeries []struct{ Series, Values string } `yaml:"input_series"`
		Alerts      []struct {
			EvalTime  string           `yaml:"eval_time"`
			Alertname string           `yaml:"alertname"`
			Expected  []map[string]any `yaml:"exp_alerts"`
		} `yaml:"alert_rule_test"`
	}
}

// The tests of the alerts that the path brings along pass in Prometheus's own engine.
// promtool is no library, and one of its dependencies cannot be had from the module
// proxy; this does what it does, minute by minute.
func TestAlertsFire(t *testing.T) {
	made(t, func(name string) bool { return strings.HasSuffix(name, "/slo/rules.test.yaml") }, func(t *testing.T, name string, text []byte) {
		var file ruleTest
		if err := yaml.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		groups, _ := rulesOf(t, read(t, strings.TrimSuffix(name, "rules.test.yaml")+"rules.yaml"))
		for _, test := range file.Tests {
			for _, want := range test.Alerts {
				at, err := model.ParseDuration(want.EvalTime)
				if err != nil {
					t.Fatal(err)
				}
				load := "load 1m\n"
				for _, series := range test.InputSeries {
					load += fmt.Sprintf("  %s %s\n", series.Series, series.Values)
				}
				firing := fire(t, groups, load, time.Duration(at), want.Alertname)
				if len(firing) != len(want.Expected) {
					t.Errorf("%s: %d alerts fire, want %d", test.Name, len(firing), len(want.Expected))
					continue
				}
				for i, expected := range want.Expected {
					for key, value := range expected["exp_labels"].(map[string]any) {
						if got := firing[i].Labels.Get(key); got != value {
							t.Errorf("%s: the label %s is %q, want %q", test.Name, key, got, value)
						}
					}
					for key, value := range expected["exp_annotations"].(map[string]any) {
						if got := firing[i].Annotations.Get(key); got != value {
							t.Errorf("%s: the annotation %s is %q, want %q", test.Name, key, got, value)
						}
					}
				}
			}
		}
	})
}

// fire lets time pass, a minute at a time, with every rule evaluated at each, and returns
// the alerts of a name that fire at the end.
func fire(t *testing.T, groups *rulefmt.RuleGroups, load string, until time.Duration, alert string) []*rules.Alert {
	t.Helper()
	loader, err := promqltest.NewLazyLoader(load, promqltest.LazyLoaderOpts{EnableAtModifier: true, EnableNegativeOffset: true})
	if err != nil {
		t.Fatal(err)
	}
	defer loader.Close()
	logger := promslog.NewNopLogger()
	query := rules.EngineQueryFunc(loader.QueryEngine(), loader.Storage())
	var found *rules.AlertingRule
	var all []*rules.Group
	options := &rules.ManagerOptions{
		QueryFunc: query, Appendable: loader.Storage(), Context: context.Background(), Logger: logger,
		NotifyFunc: func(context.Context, string, ...*rules.Alert) {},
	}
	for _, group := range groups.Groups {
		var list []rules.Rule
		for _, rule := range group.Rules {
			expr, err := parser.ParseExpr(rule.Expr)
			if err != nil {
				t.Fatal(err)
			}
			if rule.Alert == "" {
				list = append(list, rules.NewRecordingRule(rule.Record, expr, labels.FromMap(rule.Labels)))
				continue
			}
			alerting := rules.NewAlertingRule(rule.Alert, expr, time.Duration(rule.For), 0, labels.FromMap(maps.Clone(rule.Labels)), labels.FromMap(rule.Annotations), labels.EmptyLabels(), "", true, logger)
			if rule.Alert == alert {
				found = alerting
			}
			list = append(list, alerting)
		}
		all = append(all, rules.NewGroup(rules.GroupOptions{Name: group.Name, File: "rules", Interval: time.Minute, Rules: list, Opts: options}))
	}
	if found == nil {
		t.Fatalf("there is no alert %s", alert)
	}
	start := time.Unix(0, 0).UTC()
	for passed := time.Duration(0); passed <= until; passed += time.Minute {
		at := start.Add(passed)
		loader.WithSamplesTill(at, func(err error) {
			if err != nil {
				t.Fatal(err)
			}
			for _, group := range all {
				group.Eval(context.Background(), at)
			}
		})
	}
	var firing []*rules.Alert
	for _, active := range found.ActiveAlerts() {
		if active.State == rules.StateFiring {
			firing = append(firing, active)
		}
	}
	return firing
}
