// Package inputname says in words which uncertain input of a programme is meant, and what
// a value of it is. Tables and charts take both from here, so that one input reads alike
// in all of them.
package inputname

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// forms are what inputs are called by where they stand in a file, with a place for each
// name.
var forms = []struct{ pattern, says string }{
	{"unit costs.*", "the weekly cost of %s"},
	{"background.*.*", "the rate of moves from %s to %s without the programme"},
	{"cohorts.*.background.*.*", "the rate of moves in %s from %s to %s without the programme"},
	{"cohorts.*.failure.to.*", "the share of failures in %s that lead to %s"},
	{"cohorts.*.failure", "the failure rate of %s"},
	{"cohorts.*.start probability", "the start probability of %s"},
	{"cohorts.*.cashable share", "the cashable share of %s"},
	{"cohorts.*.referrals.children", "the number of children in %s"},
	{"cohorts.*.lag", "the lag of %s"},
	{"metrics.*.tariff", "the tariff of %s"},
	{"metrics.*.deadweight", "the deadweight of %s"},
}

// Of is an uncertain input in words: the name that the file gives it, or what it is called
// by where it stands.
func Of(u model.Uncertain) string {
	at := strings.Split(string(u.Path), ".")
	switch {
	case at[0] == "alternatives":
		return "which alternative for " + strings.Join(at[1:], " ") + " holds"
	case at[0] == "uncertain" && len(at) > 1:
		return at[1]
	}
	for _, form := range forms {
		if names, ok := u.Path.Under(form.pattern); ok {
			var values []any
			for _, name := range names {
				values = append(values, name)
			}
			return fmt.Sprintf(form.says, values...)
		}
	}
	return strings.Join(at, ", ")
}

// Value writes a value of an uncertain input: "£3,480", "62%", "× 0.81", "0.0067", or
// what a list or an alternative calls it.
func Value(u model.Uncertain, x float64) string {
	for i, one := range u.Law.Values {
		if one.Value == x && i < len(u.Values) {
			if strings.HasPrefix(string(u.Path), "alternatives.") {
				return u.Values[int(x)]
			}
			return u.Values[i]
		}
	}
	switch path := string(u.Path); {
	case strings.HasSuffix(path, ".factor"):
		return "× " + words.Number(x, 2)
	case strings.HasPrefix(path, "unit costs."), strings.HasSuffix(path, ".tariff"), strings.HasSuffix(path, ".amount"):
		return words.Pounds(x)
	case strings.HasSuffix(path, "share"), strings.HasSuffix(path, "probability"), strings.HasSuffix(path, "deadweight"), u.Shares != "":
		return words.Percent(x)
	}
	return words.Significant(x)
}
