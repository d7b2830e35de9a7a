package plot

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// kind is a kind of input that a chart may depend on.
type kind struct {
	name string // of all inputs of the kind
	// path matches where inputs of the kind stand in a programme file; its
	// group, if it has one, is what the input is of.
	path *regexp.Regexp
}

// The kinds of input, as they are named at the foot of a figure.
var (
	tariffs       = kind{"tariffs", regexp.MustCompile(`^metrics\.(.+?)\.tariff(?:$|\.)`)}
	unitCosts     = kind{"unit costs", regexp.MustCompile(`^unit costs\.([^.]+)`)}
	cashable      = kind{"cashable shares", regexp.MustCompile(`^cohorts\.(.+?)\.cashable share(?:$|\.)`)}
	referrals     = kind{"numbers referred", regexp.MustCompile(`^cohorts\.(.+?)\.referrals\.children`)}
	starts        = kind{"lags and chances of starting", regexp.MustCompile(`^cohorts\..+?\.(?:lag|start probability)(?:$|\.)`)}
	failures      = kind{"how often placements fail", regexp.MustCompile(`^cohorts\..+?\.failure(?:$|\.)`)}
	otherMoves    = kind{"moves without the programme", regexp.MustCompile(`^(?:cohorts\..+?\.)?background\.`)}
	ages          = kind{"ages at referral", regexp.MustCompile(`^ages at referral(?:$|\.)`)}
	contractCap   = kind{"the cap", regexp.MustCompile(`^contract cap$`)}
	targets       = kind{"targets", regexp.MustCompile(`^metrics\.(.+?)\.target\.`)}
	whatWasLived  = []kind{referrals, ages, starts, failures}
	whatWasPaid   = append([]kind{tariffs, contractCap, otherMoves}, whatWasLived...)
	whatWasSpared = append([]kind{tariffs, unitCosts, cashable, otherMoves}, whatWasLived...)
)

// note is the line at the foot of a figure: which programme it is of, where
// published figures are from, how the rest was made and what was assumed.
func note(p *model.Programme, published, made string, depends ...kind) string {
	title := p.Title
	if title == "" {
		title = p.Name
	}
	parts := []string{title, made}
	if published != "" {
		if sources := sourcesOf(p, published); sources != "" {
			parts = append(parts, "Published figures: "+sources)
		}
	}
	parts = append(parts, reliance(p, depends)...)
	var b strings.Builder
	for _, part := range parts {
		if part != "" {
			b.WriteString(strings.TrimSuffix(part, ".") + ". ")
		}
	}
	return strings.TrimSpace(b.String())
}

// reliance says which of the inputs that a chart depends on are assumed, and of
// which nothing is stated.
func reliance(p *model.Programme, depends []kind) []string {
	if len(p.Register) == 0 {
		return []string{"The programme does not say where its inputs come from"}
	}
	var parts []string
	for _, s := range []struct {
		status model.Status
		words  string
	}{{model.Assumed, "Assumed, not published: "}, {model.Unstated, "Origin not stated: "}} {
		var named []string
		for _, k := range depends {
			if name := k.with(p.Register, s.status); name != "" {
				named = append(named, name)
			}
		}
		if len(named) > 0 {
			parts = append(parts, s.words+strings.Join(named, "; "))
		}
	}
	return parts
}

// with names the inputs of the kind that have a status: "tariffs" if all have,
// "unit costs of foster and reunified" or "5 of 13 tariffs" if some have, "" if
// none has.
func (k kind) with(register []model.Input, status model.Status) string {
	var which, others []string
	all, some := true, false
	for _, input := range register {
		match := k.path.FindStringSubmatch(string(input.Path))
		if match == nil {
			continue
		}
		into := &which
		if input.Status != status {
			into, all = &others, false
		} else {
			some = true
		}
		if len(match) > 1 && !slices.Contains(*into, match[1]) {
			*into = append(*into, match[1])
		}
	}
	others = slices.DeleteFunc(others, func(name string) bool { return slices.Contains(which, name) })
	switch {
	case !some:
		return ""
	case all:
		return k.name
	case len(which) == 0:
		return "in part " + k.name
	case len(which) > 4 || strings.Contains(strings.Join(which, ""), ","):
		return fmt.Sprintf("%d of %d %s", len(which), len(which)+len(others), k.name)
	}
	return k.name + " of " + list(which)
}

// sourcesOf names the sources of the published figures under a path.
func sourcesOf(p *model.Programme, path string) string { return list(publishedSources(p, path)) }

func publishedSources(p *model.Programme, path string) []string {
	var sources []string
	under := regexp.MustCompile("^published\\.(?:" + path + ")\\.")
	for _, input := range p.Register {
		if under.MatchString(string(input.Path)) && input.Source != "" && !slices.Contains(sources, input.Source) {
			sources = append(sources, input.Source)
		}
	}
	return sources
}

// derivedQuarters are the quarters for which what was paid is not published but
// is apportioned or added up from other claims or grants, as its register says.
func derivedQuarters(p *model.Programme) map[calendar.Quarter]bool {
	derived := map[calendar.Quarter]bool{}
	for _, input := range p.Register {
		name, ok := strings.CutPrefix(string(input.Path), "published.actual payments.")
		if !ok || input.Status != model.Derived {
			continue
		}
		if q, err := calendar.ParseQuarter(name); err == nil {
			derived[q] = true
		}
	}
	return derived
}

// derivedSaid says how many of the quarters with actual payments are derived,
// nothing if none is.
func derivedSaid(p *model.Programme) string {
	n := len(derivedQuarters(p))
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Actual payments of %d of %d quarters are derived from other claims, apportioned or added up", n, len(p.Published.Actual))
}

// sentences joins what there is of sentences; a stop is added only between them.
func sentences(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ". ")
}

// simulated says how the figures of results were made.
func simulated(results []*montecarlo.Result) string {
	if len(results) == 0 {
		return ""
	}
	c := results[0].Conventions
	each := ""
	if len(results) > 1 {
		each = " of each case"
	}
	text := fmt.Sprintf("Simulated: %s%s, seed %d, %s", plural(c.Replications, "replication"), each, c.Seed, c.PriceBase)
	for _, r := range results {
		if r.Incomplete {
			text += "; the run was stopped before its end"
			break
		}
	}
	return text
}

// usable returns why a chart cannot be drawn of a programme and results; at
// least so many results are needed.
func usable(p *model.Programme, results []*montecarlo.Result, least int) error {
	if p == nil {
		return errors.New("plot: there is no programme: give the one that was run")
	}
	if len(results) < least {
		return errors.New("plot: there is no result: run the programme with montecarlo.Run and give what it returns")
	}
	for i, r := range results {
		if r == nil {
			return fmt.Errorf("plot: result %d is missing", i+1)
		}
	}
	return nil
}

// quarterlyOf returns a quarterly series of a result, or what to do to have it.
func quarterlyOf(r *montecarlo.Result, name, of string) (montecarlo.Series, error) {
	series, ok := r.Quarters(name, of)
	if !ok {
		return series, fmt.Errorf("plot: the result of case %q has no %s by quarter: run it without Options.TotalsOnly", r.Case,
			montecarlo.Measure{Name: name, Of: of})
	}
	return series, nil
}

// caseNames names the cases of results for a key.
func caseNames(results []*montecarlo.Result) []string {
	var names []string
	for _, r := range results {
		name := r.Case
		if name == "" {
			name = r.Programme
		}
		names = append(names, name)
	}
	return names
}
