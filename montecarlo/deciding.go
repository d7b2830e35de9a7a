package montecarlo

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Which pairing a range comes from, and whether a cohort costs more than it avoids,
// is decided in constant prices: the prices in which figures are shown must choose
// nothing. A run in cash works the figures that decide out in constant prices too,
// for the central projection and in every replication. They are priced anew and not
// divided by the index, because each kind of prices rounds to the penny by itself
// and what is equal in one would be a penny apart in the other.
type deciding struct {
	sheet   *sheet
	pricer  *contract.Pricer
	ledger  *contract.Ledger
	columns []column
}

// newDeciding prepares the figures that decide in a run in cash, and records those
// of the expectation after those that are shown.
func newDeciding(p *model.Programme, expected *contract.Expected, payers []string, f *figures) (*deciding, error) {
	pricer, err := p.Pricer(contract.Constant, expected)
	if err != nil {
		return nil, err
	}
	d := &deciding{
		sheet:  newSheet(p, payers, nil, Options{Prices: contract.Constant, TotalsOnly: true}),
		pricer: pricer, ledger: pricer.NewLedger(),
	}
	shown := len(f.columns)
	f.named = false
	fillDeciding(d, expected, f)
	f.named = true
	f.columns, d.columns = f.columns[:shown:shown], slices.Clone(f.columns[shown:])
	return d, nil
}

// redraw takes the prices of another draw of the inputs, under which cohorts are
// expected to avoid so many pence.
func (d *deciding) redraw(drawn scenario.Drawn, avoided []float64) error {
	if d == nil {
		return nil
	}
	if err := setPrices(drawn, &d.pricer, contract.Constant); err != nil {
		return err
	}
	return d.pricer.SetAvoided(avoided)
}

// clone is the same with working space of its own; nil in constant prices, in which
// the figures that are shown decide.
func (d *deciding) clone() *deciding {
	if d == nil {
		return nil
	}
	c := *d
	c.pricer, c.ledger = d.pricer.Clone(), d.pricer.NewLedger()
	return &c
}

// fillDeciding records the figures that decide after those that are shown; none in
// constant prices.
func fillDeciding[N contract.Number](d *deciding, counts *contract.Counts[N], f *figures) {
	if d == nil {
		return
	}
	contract.Price(d.pricer, counts, d.ledger)
	f.care.addUp(d.sheet, d.ledger)
	f.paid.addUp(d.sheet, d.ledger)
	fillSavings(d.sheet, f)
	fillValue(d.sheet, f)
	fillTargets(d.sheet, f)
	fillIndependent(d.sheet, d.ledger, f)
}

// deciders are the figures in constant prices: those that are shown, unless that is
// in cash.
func (r *runner) deciders() []column {
	if r.deciding == nil {
		return r.columns
	}
	return r.deciding.columns
}

// recorded are all figures that a replication has a value of.
func (r *runner) recorded() []column {
	if r.deciding == nil {
		return r.columns
	}
	return slices.Concat(r.columns, r.deciding.columns)
}

// costsMore is by how much the care of a cohort is expected to cost more with the
// programme than without it, in £ and constant prices; below zero if less.
func (r *runner) costsMore(cohort string) float64 {
	for _, c := range r.deciders() {
		if c.period == overall && !c.independent && c.is(Avoided, []string{cohort}) {
			return -c.scale(r.centre[c.at])
		}
	}
	return 0
}
