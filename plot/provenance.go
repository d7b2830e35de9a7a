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

// namesOf are the names that lead to an input in a programme file, from the
// outside in: "cohorts", "step-down", "lag".
func namesOf(input model.Input) []string { return strings.Split(input.Path, ".") }

// kind is a kind of input that a chart may depend on.
type kind struct {
	name string // of all inputs of the kind
	// settings are where inputs of the kind stand, at or under each of them.
	settings [][]string
}

// Names on the way to a setting that are up to whoever writes the file.
const (
	theName = "*"  // of what the input belongs to, which a note gives
	anyName = "**" // any other
)

// The kinds of input, as they are named at the foot of a figure.
var (
	tariffs     = kind{"tariffs", at("metrics", theName, "tariff")}
	unitCosts   = kind{"unit costs", at("unit costs", theName)}
	cashable    = kind{"cashable shares", at("cohorts", theName, "cashable share")}
	referrals   = kind{"numbers of referrals", at("cohorts", theName, "referrals", "children")}
	starts      = kind{"lags and start probabilities", oneOf([]string{"cohorts", anyName}, "lag", "start probability")}
	failures    = kind{"failure rates of placements", at("cohorts", anyName, "failure")}
	otherMoves  = kind{"moves without the programme", [][]string{{"background"}, {"cohorts", anyName, "background"}}}
	ages        = kind{"ages at referral", at("ages at referral")}
	contractCap = kind{"the contract cap", at("contract cap")}
	targets     = kind{"targets", at("metrics", theName, "target")}

	whatWasLived  = []kind{referrals, ages, starts, failures}
	whatWasPaid   = append([]kind{tariffs, contractCap, otherMoves}, whatWasLived...)
	whatWasSpared = append([]kind{tariffs, unitCosts, cashable, otherMoves}, whatWasLived...)
)

// at is one setting, by the names that lead to it.
func at(names ...string) [][]string { return [][]string{names} }

// oneOf is several settings of one block.
func oneOf(block []string, names ...string) [][]string {
	var all [][]string
	for _, name := range names {
		all = append(all, append(slices.Clone(block), name))
	}
	return all
}

// match reports whether an input is of the kind, and the name that tells it from
// others of the kind, if there is one.
func (k kind) match(input model.Input) (what string, ok bool) {
	names := namesOf(input)
	for _, setting := range k.settings {
		if what, ok := under(names, setting); ok {
			return what, true
		}
	}
	return "", false
}

// under reports whether names lead to a setting or into it.
func under(names, setting []string) (what string, ok bool) {
	if len(names) < len(setting) {
		return "", false
	}
	for i, name := range setting {
		switch {
		case name == theName:
			what = names[i]
		case name != anyName && name != names[i]:
			return "", false
		}
	}
	return what, true
}

// note is the line at the foot of a figure: the programme, the sources of the
// published figures that it shows, how the rest was made and what was assumed.
func note(p *model.Programme, published []string, made string, depends ...kind) string {
	title := p.Title
	if title == "" {
		title = p.Name
	}
	parts := []string{title, made}
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
	figures := kind{settings: oneOf([]string{"published"}, blocks...)}
	var sources []string
	for _, input := range p.Register {
		if _, ok := figures.match(input); ok && input.Source != "" && !slices.Contains(sources, input.Source) {
			sources = append(sources, input.Source)
		}
	}
	return sources
}

// derivedQuarters are the quarters whose actual payments are not published as
// such but apportioned or added up from other claims or grants, by the register.
func derivedQuarters(p *model.Programme) map[calendar.Quarter]bool {
	paid := kind{settings: at("published", "actual payments", theName)}
	derived := map[calendar.Quarter]bool{}
	for _, input := range p.Register {
		name, ok := paid.match(input)
		if !ok || input.Status != model.Derived {
			continue
		}
		if q, err := calendar.ParseQuarter(name); err == nil {
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
	if len(results) == 0 {
		return ""
	}
	c := results[0].Conventions
	each := ""
	if len(results) > 1 {
		each = " of each case"
	}
	text := fmt.Sprintf("Simulated: %s%s, seed %d, %s", words.Plural(c.Replications, "replication"), each, c.Seed, c.PriceBase)
	for _, r := range results {
		if r.Incomplete {
			text += "; the run was stopped before it finished"
			break
		}
	}
	return text
}
