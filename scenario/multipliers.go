package scenario

import (
	"cmp"
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
)

// multipliers reads what is uncertain of several inputs at once:
//
//	uncertain:
//	  all failure rates together:
//	    multiplies: [cohorts.*.failure.hazard]
//	    factor: {value: 1, range: 0.7 to 1.4}
func (d *decoder) multipliers(c cursor, root *node) {
	for _, n := range c.defined("multipliers", mostCases) {
		f := n.fields("multiplies", "factor")
		at := f.need("factor", want{"a factor of 1 with its range", "{value: 1, range: 0.7 to 1.4}"})
		factor := value(at, aFactor, parseFactor)
		if at.sound() && at.given() && !d.isUncertain(at.path) && !d.bad[at.path] && at.n.set == nil {
			at.fault("the factor has no range, so that it changes nothing: write it with one, as {value: 1, range: 0.7 to 1.4}")
		}
		if at.sound() && !factor.Equal(one) {
			at.fault("the factor is %s: it must be 1, because the inputs that it multiplies are stated as they are expected; to change them, edit them", factor)
		}
		multiplies := f.need("multiplies", want{"the inputs that it multiplies", "[cohorts.*.failure.hazard]"})
		var paths []model.Path
		for _, item := range multiplies.words() {
			pattern := item.text()
			found := root.scalars("", strings.Split(pattern, "."))
			if item.sound() && len(found) == 0 && !root.edited(strings.Split(pattern, ".")) {
				item.fault("there is no number at %s: write the names that lead to one, as cohorts.*.failure.hazard", quote(pattern))
			}
			for _, path := range found {
				if !slices.Contains(paths, path) {
					paths = append(paths, path)
				}
			}
		}
		i := slices.IndexFunc(d.p.Uncertain, func(u model.Uncertain) bool { return string(u.Path) == at.path })
		if i >= 0 {
			d.p.Uncertain[i].Multiplies = paths
		}
	}
}

// scalars lists the paths of the numbers, and of the rates written as measured, that
// a pattern leads to.
func (n *node) scalars(done string, names []string) []model.Path {
	n = n.inner()
	if len(names) == 0 {
		_, isNumber := parseQuantity(n.text)
		_, _, isCount := parseCounts(n.text)
		if n.kind == scalar && (isNumber || isCount) || n.isRate() {
			return []model.Path{model.Path(done)}
		}
		return nil
	}
	var found []model.Path
	for _, s := range n.slots(strings.TrimSpace(names[0])) {
		found = append(found, (*s.node).scalars(under(done, s.name), names[1:])...)
	}
	return found
}

// correlations reads how far uncertain inputs go together:
//
//	correlations:
//	  - {between: [unit costs.residential, unit costs.foster], rank correlation: 0.5}
//
// One with an input that an edit has made certain is kept with that input.
func (d *decoder) correlations(c cursor, root *node) {
	var withCertain []model.RankCorrelation
	for _, item := range c.list() {
		f := item.fields("between", "rank correlation")
		between := f.need("between", want{"the two inputs", "[unit costs.residential, unit costs.foster]"})
		var paths []model.Path
		madeCertain := false
		for _, one := range between.words() {
			path := model.Path(one.text())
			factor := under(under("uncertain", string(path)), "factor")
			if !d.isUncertain(string(path)) && !d.isUncertain(factor) && (root.edited(strings.Split(string(path), ".")) || root.edited(strings.Split(factor, "."))) {
				madeCertain = true
				if _, multiplies := d.stated[factor]; multiplies {
					path = model.Path(factor)
				}
				paths = append(paths, path)
				continue
			}
			if one.sound() && !d.isUncertain(string(path)) {
				if d.isUncertain(factor) {
					path = model.Path(factor)
				} else {
					one.fault("%s is not uncertain: give it a range, or name another input", quote(string(path)))
				}
			}
			paths = append(paths, path)
		}
		at := f.need("rank correlation", want{"Spearman's rank correlation, between -1 and 1", "0.5"})
		rank := at.number(want{"Spearman's rank correlation, between -1 and 1", "0.5"})
		switch {
		case between.sound() && len(paths) != 2:
			between.fault("the number of inputs here is %d: name two", len(paths))
		case at.sound() && rank.Abs().GreaterThanOrEqual(one):
			at.fault("%s is not a correlation: write a number between -1 and 1, neither included; what moves as one is one factor that multiplies both", rank)
		case between.sound() && at.sound():
			pair := model.RankCorrelation{Inputs: [2]model.Path{paths[0], paths[1]}, Spearman: rank.InexactFloat64()}
			if madeCertain {
				withCertain = append(withCertain, pair)
			} else {
				d.p.Correlations = append(d.p.Correlations, pair)
			}
		}
	}
	d.madeCertain(withCertain)
}

// madeCertain lists the inputs that an edit has made certain in the order of the file,
// with their correlations: those that are joined to an uncertain input by a chain of
// pairs. One that the edit has left without a place has none.
func (d *decoder) madeCertain(pairs []model.RankCorrelation) {
	var inputs []model.Path
	joined := func(path model.Path) bool { return d.isUncertain(string(path)) || slices.Contains(inputs, path) }
	for range pairs { // at most as many as there are links in a chain
		for _, pair := range pairs {
			for i, path := range pair.Inputs {
				if _, read := d.stated[string(path)]; read && !joined(path) && joined(pair.Inputs[1-i]) {
					inputs = append(inputs, path)
				}
			}
		}
	}
	slices.SortFunc(inputs, func(a, b model.Path) int {
		return cmp.Compare(d.stated[string(a)].certain, d.stated[string(b)].certain)
	})
	for n, path := range inputs {
		known := func(other model.Path) bool { return d.isUncertain(string(other)) || slices.Contains(inputs[:n], other) }
		m := model.MadeCertain{Input: path}
		if before := d.stated[string(path)].uncertain; before > 0 {
			m.After = d.p.Uncertain[before-1].Path
		}
		for _, pair := range pairs {
			if pair.Inputs[0] == path && known(pair.Inputs[1]) || pair.Inputs[1] == path && known(pair.Inputs[0]) {
				m.Correlations = append(m.Correlations, pair)
			}
		}
		d.p.MadeCertain = append(d.p.MadeCertain, m)
	}
}

// edited reports whether an edit has set something that a pattern leads to, or what
// that stands in.
func (n *node) edited(names []string) bool {
	if n.set != nil {
		return true
	}
	if len(names) == 0 {
		return n.inner().set != nil
	}
	return slices.ContainsFunc(n.inner().slots(names[0]), func(s slot) bool { return (*s.node).edited(names[1:]) })
}
