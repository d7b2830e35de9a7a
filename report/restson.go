package report

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// What a figure rests on is said in words, by the rank correlation of each uncertain
// input with it: hardly below 0.2, somewhat up to 0.5, mostly above.
const (
	hardlyBelow  = 0.2
	mostlyAbove  = 0.5
	mostNamed    = 2   // inputs of a figure
	beyondChance = 3.3 // standard errors
)

// restsOn says which inputs what a run leaves, with all care avoided and in cash,
// goes with most; empty for a run without draws.
func restsOn(ctx context.Context, r *montecarlo.Result) (string, error) {
	var said []string
	for _, of := range []struct{ name, says string }{
		{montecarlo.NetPublic, "what is left after payments"},
		{montecarlo.NetCashable, "what is left in cash alone"},
	} {
		s, ok := r.Totals.Of(of.name)
		if !ok {
			continue
		}
		all, err := r.Influences(ctx, of.name, "", "", s.Pairing)
		if err != nil {
			return "", err
		}
		if len(all) == 0 {
			continue
		}
		if with := goesWith(all); len(said) > 0 && strings.HasSuffix(said[0], " goes "+with) {
			said = []string{"what is left, in all and in cash alone, goes " + with}
		} else {
			said = append(said, of.says+" goes "+with)
		}
	}
	if len(said) == 0 {
		return "", nil
	}
	return "What " + headingOf(r.Version) + " rests on: " + strings.Join(said, "; ") + ".", nil
}

// goesWith names the inputs that a figure goes with most, the largest first. Of shares
// that add up to 1 one is named: where it is high the others are low.
func goesWith(all []montecarlo.Influence) string {
	var phrases []string
	before, shares := "", map[model.Path]bool{}
	for _, one := range all {
		size := math.Abs(one.RankCorrelation)
		if size < hardlyBelow || size < beyondChance*one.StdErr || len(phrases) == mostNamed {
			break
		}
		if block := one.Input.Shares; block != "" && shares[block] {
			continue
		}
		shares[one.Input.Shares] = true
		how := "somewhat with "
		if size > mostlyAbove {
			how = "mostly with "
		}
		phrase := inputname.Of(one.Input) + towards(one)
		if how != before {
			phrase = how + phrase
		}
		before = how
		phrases = append(phrases, phrase)
	}
	if len(phrases) == 0 && len(all) == 1 {
		return "hardly with its uncertain input"
	}
	if len(phrases) == 0 {
		return fmt.Sprintf("hardly with any one of its %s", words.Plural(len(all), "uncertain input"))
	}
	return words.And(phrases)
}

// towards says which way a saving goes with an input. Alternatives have no higher
// and lower.
func towards(one montecarlo.Influence) string {
	if strings.HasPrefix(string(one.Input.Path), "alternatives.") {
		return ""
	}
	saved := "the more is saved"
	if one.RankCorrelation < 0 {
		saved = "the less is saved"
	}
	if counts(one.Input) {
		return " (the more, " + saved + ")"
	}
	return " (the higher, " + saved + ")"
}

// counts reports whether an input is a number of children, or multiplies such alone.
func counts(u model.Uncertain) bool {
	for _, path := range append([]model.Path{u.Path}, u.Multiplies...) {
		if _, ok := path.Under("cohorts.*.referrals.children"); ok {
			return true
		}
	}
	return false
}
