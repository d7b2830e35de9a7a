package plot

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// whatIsFitted are the kinds of input with which a model is brought to agree with what
// happened.
var whatIsFitted = []kind{referrals, starts, failures, tariffs}

// fittedSaid writes the name of a case beside its line, with what of it was fitted to what
// happened, where actual payments are drawn beside it: numbers of children or their moves,
// the price, or both. Agreement with the payments proves nothing of the first and the
// last. The fullest of the ways to write it is the first.
func fittedSaid(name string, p *model.Programme, actual []model.QuarterAmount) (ways []string, fitted bool) {
	fitted, price := fittedTo(p)
	switch {
	case len(actual) == 0:
		return []string{name}, false
	case fitted && price:
		return []string{
			name + " case, children and\nprice fitted to the past", name + ", children and price fitted", name + ", fitted",
		}, true
	case fitted:
		return []string{name + " case, children fitted\nto the past, price not", name + ", children fitted,\nprice not", name + ", children fitted"}, true
	case price:
		return []string{
			name + " case: price from these\npayments, children assumed", name + ": price from these\npayments, children\nassumed", name + ", children assumed",
		}, false
	}
	return []string{name + " case", name}, false
}

// provesNothing says of cases that were fitted to what is published beside them that their
// agreement with it proves nothing. It is empty for none.
func provesNothing(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return words.Capital(names[0]) + " was fitted to what is published, so that its agreement with it proves nothing"
	}
	return words.Capital(words.And(names)) + " were fitted to what is published, so that their agreement with it proves nothing"
}

// fittedTo reports whether numbers of children or rates were fitted to what was
// published, and whether tariffs were.
func fittedTo(p *model.Programme) (fitted, prices bool) {
	for _, input := range p.Register {
		if input.FittedTo.IsZero() {
			continue
		}
		switch i := slices.IndexFunc(whatIsFitted, func(k kind) bool { _, ok := k.match(input); return ok }); {
		case i < 0:
		case whatIsFitted[i].name == tariffs.name:
			prices = true
		default:
			fitted = true
		}
	}
	return fitted, prices
}
