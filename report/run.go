package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Run lays one result out: every total, the probabilities, payments by quarter
// beside what was planned and paid, what is affordable, the economic and the
// financial case, present values at two rates, what payers other than the councils
// will be asked for, budgets by financial year, and what councils pay by financial
// year of payment. What those who put up capital want to know is left to [Invest]. A table for a spreadsheet has
// every figure of the result.
func Run(r *montecarlo.Result) []Table {
	if !results([]*montecarlo.Result{r}) {
		return nothing(whatRunReturns)
	}
	tables := []Table{totals(r), probabilities(r)}
	for _, of := range []func(*montecarlo.Result) (Table, bool){quarters, achieved, affordable, twoCases, presentValues, corridor} {
		if t, ok := of(r); ok {
			tables = append(tables, t)
		}
	}
	tables = slices.Concat(tables, drawdowns(r), budgets(r))
	if t, differ := ownPaymentsMade(r); differ {
		tables = append(tables, t)
	}
	tables = append(tables, howWellKnown([]*montecarlo.Result{r})...)
	return inCurrency(r.Version.Programme, append(modelled(tables...), runSheet(r))...)
}

func totals(r *montecarlo.Result) Table {
	p := r.Version.Programme
	runs := byVersion(r)
	t := Table{
		Title:   titleOf(r.Version),
		About:   append(append([]string{caseLine(r.Version)}, changedLines(r.Version)...), runLine(r.Conventions, "")),
		Columns: append(textColumns(""), figureColumns("central", "mean", "standard error")...),
		Notes:   slices.Concat(notes(runs), ratesNote(r), []string{checkNote(runs)}, warned(runs)),
	}
	t.Columns = append(t.Columns, Column{Heading: "standard deviation", Detail: true})
	quantiles := quantilesOf(r)
	for i, q := range quantiles {
		outer := i == 0 || i == len(quantiles)-1
		t.Columns = append(t.Columns, Column{Heading: words.Percentile(q), Detail: !outer && q != 0.5})
	}
	if anyRates(r) {
		t.Columns = append(t.Columns, figureColumns(rangeName(r)+", "+chanceAlone, shareOfRates)...)
	}
	t.Columns = append(t.Columns, pairedColumns(r)...)
	if p.Delivery != nil {
		t.Notes = slices.Insert(t.Notes, 0, "What delivery costs, the capital it takes and what investors get back: edgeofcare invest.")
	}
	totals := slices.DeleteFunc(slices.Clone(r.Totals), func(s montecarlo.Summary) bool { return s.NeedsDelivery() })
	for _, group := range byName(totals, func(s montecarlo.Summary) montecarlo.Key { return s.Key }) {
		t.group(heading(group[0].Name, p), group, p, anyRates(r))
		if label := othersPay(p); label != "" && ofCouncils(group[0].Name) {
			central, mean := paidByOthers(r)
			t.part(text(label), money(-central), money(-mean))
		}
	}
	return t
}

// group adds a total and its parts, or a heading and its parts, with or without the
// columns of rates.
func (t *Table) group(name string, all []montecarlo.Summary, p *model.Programme, rates bool) {
	if len(all) == 1 && isPart(all[0].Key) {
		t.add(totalCells(name+", "+partOf(all[0].Key, p), all[0], rates)...)
		return
	}
	if isPart(all[0].Key) {
		t.add(text(name))
	}
	for _, s := range all {
		if isPart(s.Key) {
			t.part(totalCells(partOf(s.Key, p), s, rates)...)
		} else {
			t.add(totalCells(name, s, rates)...)
		}
	}
}

// isPart reports whether a figure is a part of a whole.
func isPart(k montecarlo.Key) bool { return k.Of != "" || k.Arm != "" }

// partOf is what a figure is a part of its measure by: "Derby", "foster,
// counterfactual".
func partOf(m montecarlo.Key, p *model.Programme) string {
	of := m.Of
	for _, t := range p.SavingsTargets {
		if t.String() == of {
			of = targetName(t)
		}
	}
	if _, one := oneUnit(p); m.Name == montecarlo.PaidUnits && of != "" && !one {
		return withUnit(of, string(m.Unit))
	}
	switch {
	case of == "":
		return m.Arm
	case m.Arm == "":
		return of
	}
	return of + ", " + m.Arm
}

func totalCells(label string, s montecarlo.Summary, rates bool) []Cell {
	cells := []Cell{text(label), figure(s.Central, s.Unit), figure(s.Mean, s.Unit), errorOf(s.StdErr, s.Unit), errorOf(s.SD, s.Unit)}
	for _, q := range s.Quantiles {
		if s.SD == nil { // one replication has no range
			cells = append(cells, none())
			continue
		}
		cells = append(cells, figure(q.Value, s.Unit))
	}
	if rates {
		cells = append(cells, ratesCells(s)...)
	}
	return append(cells, pairedCells(s)...)
}

// byName puts the figures of one name together, the whole before its parts.
func byName[T any](all []T, key func(T) montecarlo.Key) [][]T {
	var groups [][]T
	place := map[string]int{}
	for _, one := range all {
		k := key(one)
		i, ok := place[k.Name]
		if !ok {
			i = len(groups)
			place[k.Name] = i
			groups = append(groups, nil)
		}
		if isPart(k) {
			groups[i] = append(groups[i], one)
		} else {
			groups[i] = slices.Insert(groups[i], 0, one)
		}
	}
	return groups
}

// heading is what a measure is called in a programme's report.
func heading(name string, p *model.Programme) string {
	switch name {
	case montecarlo.ReferredEarly:
		return fmt.Sprintf("Children referred in the first %d weeks (minimum %d)", p.MinimumReferrals.Weeks, p.MinimumReferrals.Children)
	case montecarlo.PaidUnits:
		return payableUnits(p)
	case montecarlo.PaymentsToDate:
		return "Outcome payments to the last published quarter"
	}
	return words.Capital(name)
}

func probabilities(r *montecarlo.Result) Table {
	t := Table{Title: "Probabilities, " + over(r), Columns: append(textColumns(""), figureColumns("probability", "standard error")...)}
	t.Columns = append(t.Columns, Column{Heading: "from", Detail: true}, Column{Heading: "in the other pairing", Detail: true})
	for _, group := range byName(r.Probabilities, func(one montecarlo.ProbabilityOf) montecarlo.Key { return one.Key }) {
		k := group[0].Key
		if k.NeedsDelivery() || k.Name == montecarlo.AboveAffordable {
			continue // each has a table of its own
		}
		if isPart(k) {
			t.add(text(words.Capital(k.Name)))
		}
		for _, one := range group {
			if cells := append([]Cell{chance(one), errorOf(one.StdErr, montecarlo.Probability)}, pairedChance(one)...); isPart(one.Key) {
				t.part(append([]Cell{text(partOf(one.Key, r.Version.Programme))}, cells...)...)
			} else {
				t.add(append([]Cell{text(words.Capital(k.Name))}, cells...)...)
			}
		}
	}
	t.add(text("Deadweight: weeks of success without the programme, as a share of those with it"))
	for _, d := range r.Expectation.Deadweight {
		t.part(text(d.Metric+", cohort "+d.Cohort), percent(d.Share), text("exact"))
	}
	return t
}

// quantilesOf are the quantiles that a result has.
func quantilesOf(r *montecarlo.Result) []float64 {
	if len(r.Totals) == 0 {
		return nil
	}
	var all []float64
	for _, q := range r.Totals[0].Quantiles {
		all = append(all, q.P)
	}
	return all
}

// outermost are the lowest and the highest quantile; none without any, nor of one
// replication, which has no range.
func outermost(d montecarlo.Distribution) []montecarlo.Quantile {
	if len(d.Quantiles) == 0 || d.SD == nil {
		return nil
	}
	return []montecarlo.Quantile{d.Quantiles[0], d.Quantiles[len(d.Quantiles)-1]}
}
