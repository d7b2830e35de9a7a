package plot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// kind is a kind of input that a chart may depend on.
type kind struct {
	name     string   // of all inputs of the kind
	patterns []string // of the settings that its inputs are under
	// named says that a note tells inputs of the kind apart by the name that the
	// star of the pattern stands for.
	named bool
}

// The kinds of input, as they are named at the foot of a figure.
var (
	tariffs     = kind{"tariffs", []string{"metrics.*.tariff"}, true}
	unitCosts   = kind{"unit costs", []string{"unit costs.*"}, true}
	cashable    = kind{"cashable shares", []string{"cohorts.*.cashable share"}, true}
	referrals   = kind{"numbers of referrals", []string{"cohorts.*.referrals.children"}, true}
	lags        = kind{"lags", []string{"cohorts.*.lag"}, false}
	starts      = kind{"lags and start probabilities", []string{"cohorts.*.lag", "cohorts.*.start probability"}, false}
	failures    = kind{"failure rates of placements", []string{"cohorts.*.failure"}, false}
	otherMoves  = kind{"moves without the programme", []string{"background", "cohorts.*.background"}, false}
	ages        = kind{"ages at referral", []string{"ages at referral"}, false}
	contractCap = kind{"the contract cap", []string{"contract cap"}, false}
	targets     = kind{"targets", []string{"metrics.*.target"}, true}

	whatWasLived   = []kind{referrals, ages, starts, failures}
	whatWasStarted = []kind{otherMoves, ages, lags, failures} // by the children of a cohort who start
	whatWasPaid    = append([]kind{tariffs, contractCap, otherMoves}, whatWasLived...)
	whatWasSpared  = append([]kind{tariffs, unitCosts, cashable, otherMoves}, whatWasLived...)
	whatWasSaved   = append([]kind{tariffs, contractCap, unitCosts, otherMoves}, whatWasLived...) // cashable or not
)

// match reports whether an input is of the kind, and the name that tells it apart
// from others of the kind, if there is one.
func (k kind) match(input model.Input) (name string, ok bool) {
	for _, pattern := range k.patterns {
		if names, ok := input.Path.Under(pattern); ok {
			if k.named {
				name = names[0]
			}
			return name, true
		}
	}
	return "", false
}

// note is the line at the foot of a figure: the programme, the sources of the
// published figures that it shows, how the rest was made and what was assumed.
func note(p *model.Programme, published []string, made string, depends ...kind) string {
	parts := []string{titleOf(p), made}
	if sources := publishedSources(p, published...); len(sources) > 0 {
		parts = append(parts, "Published figures: "+words.And(sources))
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

// reliance says which of the inputs that a chart depends on are assumed, and
// which have no stated source.
func reliance(p *model.Programme, depends []kind) []string {
	if len(p.Register) == 0 {
		return []string{"The programme file does not say where its inputs come from"}
	}
	var parts []string
	for _, s := range []struct {
		status model.Status
		words  string
	}{{model.Assumed, "Assumed, not published: "}, {model.Unstated, "Source not stated: "}} {
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

// mostListed is how many inputs of one kind a note lists by name. Of more it gives
// the number.
const mostListed = 4

// hasComma reports whether a name would read as two in a list.
func hasComma(name string) bool { return strings.ContainsRune(name, ',') }

// with names the inputs of the kind that have a status: "tariffs" if all have it,
// "unit costs of foster and reunified" or "5 of 13 tariffs" if some have it, and
// nothing if none has.
func (k kind) with(register []model.Input, status model.Status) string {
	var which, others []string
	all, some := true, false
	for _, input := range register {
		what, ok := k.match(input)
		if !ok {
			continue
		}
		into := &which
		if input.Status != status {
			into, all = &others, false
		} else {
			some = true
		}
		if what != "" && !slices.Contains(*into, what) {
			*into = append(*into, what)
		}
	}
	others = slices.DeleteFunc(others, func(name string) bool { return slices.Contains(which, name) })
	switch {
	case !some:
		return ""
	case all:
		return k.name
	case len(which) == 0:
		return "some " + k.name
	case len(which) > mostListed || slices.ContainsFunc(which, hasComma):
		return fmt.Sprintf("%d of %d %s", len(which), len(which)+len(others), k.name)
	}
	return k.name + " of " + words.And(which)
}

// publishedSources names the sources of some blocks of published figures.
func publishedSources(p *model.Programme, blocks ...string) []string {
	var sources []string
	for _, input := range p.Register {
		wanted := slices.ContainsFunc(blocks, func(block string) bool {
			_, ok := input.Path.Under("published." + block)
			return ok
		})
		if wanted && input.Source != "" && !slices.Contains(sources, input.Source) {
			sources = append(sources, input.Source)
		}
	}
	return sources
}

// derivedQuarters are the quarters whose actual payments are not published as
// such but apportioned or added up from other claims or grants, by the register.
func derivedQuarters(p *model.Programme) map[calendar.Quarter]bool {
	derived := map[calendar.Quarter]bool{}
	for _, input := range p.Register {
		names, ok := input.Path.Under("published.actual payments.*")
		if !ok || input.Status != model.Derived {
			continue
		}
		if q, err := calendar.ParseQuarter(names[0]); err == nil {
			derived[q] = true
		}
	}
	return derived
}

// derivedSaid says how many quarters have derived actual payments; it is empty if
// none has.
func derivedSaid(p *model.Programme) string {
	n := len(derivedQuarters(p))
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Actual payments for %d of %d quarters are derived from claims for other periods, apportioned or added up", n, len(p.Published.Actual))
}

// sentences joins the sentences that are not empty, with full stops between them.
func sentences(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ". ")
}

// simulated says how the results were simulated.
func simulated(results []*montecarlo.Result) string {
	c := results[0].Conventions
	each := ""
	if len(results) > 1 {
		each = " of each case"
	}
	text := fmt.Sprintf("Simulated: %s%s %s, seed %d, %s", words.Plural(c.Replications, "replication"), each, rangesOver(conventionsOf(results)...), c.Seed, c.PriceBase)
	for _, r := range results {
		if r.Incomplete {
			text += "; the run was stopped before it finished"
			break
		}
	}
	return text
}
