package plot

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
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

// bearsOn is what a chart shows of a case that may have been fitted.
type bearsOn struct {
	ranges bool // ranges or chances, which are drawn without regard to what was fitted
	money  bool // amounts, to which a fitted price matters
	held   bool // some ranges are those of draws held to what was paid
}

// anyHeld reports whether the draws of some result are held to what was paid.
func anyHeld(results ...*montecarlo.Result) bool {
	return slices.ContainsFunc(results, func(r *montecarlo.Result) bool { return r.Conventions.Conditioned != nil })
}

// fittedLine is the last line of the subtitle of a chart of which no part is compared with
// what is published: it says which cases drawn were fitted to that, and what of them, and
// that ranges and chances do not use it. It begins with the line break, and is empty if no
// case was fitted.
func fittedLine(shown bearsOn, versions ...*scenario.Version) string {
	var names, whats []string
	to := ""
	for _, v := range versions {
		children, price := fittedTo(v.Programme)
		var what []string
		if children {
			what = append(what, "children")
		}
		if price && shown.money {
			what = append(what, "price")
		}
		if len(what) == 0 {
			continue
		}
		to = publishedFor(v.Programme)
		names, whats = append(names, namedAmong(v, versions)), append(whats, " ("+words.And(what)+")")
	}
	if len(names) == 0 {
		return ""
	}
	text := "\nFitted to " + to + ": " + groupedBy(whats, names)
	switch {
	case shown.held:
		text += "; ranges held to what was paid"
	case shown.ranges:
		text += "; ranges and chances do not use that"
	}
	return text
}

// groupedBy writes names by what is said of each: "base (children and price); low, medium
// and high (price)". Long names of many cases give way to their number.
func groupedBy(whats, names []string) string {
	const most = 60
	var order, long, short []string
	for _, what := range whats {
		if !slices.Contains(order, what) {
			order = append(order, what)
		}
	}
	for _, what := range order {
		var of []string
		for i, name := range names {
			if whats[i] == what {
				of = append(of, name)
			}
		}
		long, short = append(long, words.And(of)+what), append(short, words.Plural(len(of), "case")+what)
	}
	if text := strings.Join(long, "; "); words.Width(text) <= most || len(names) == 1 {
		return text
	}
	return strings.Join(short, "; ")
}

// publishedFor is what a case can have been fitted to.
func publishedFor(p *model.Programme) string {
	switch paid, achieved := len(p.Published.Actual) > 0, len(p.Published.Results) > 0; {
	case paid && achieved:
		return "payments and results"
	case paid:
		return "payments"
	}
	return "what is published"
}

// namedAmong is a version as a subtitle names it: "the base case" alone, "base" among others.
func namedAmong(v *scenario.Version, all []*scenario.Version) string {
	if len(all) == 1 {
		return theCase(v)
	}
	return v.Label()
}
