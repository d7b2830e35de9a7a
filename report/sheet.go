package report

import (
	"strconv"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// bareCell is a figure of a table for a spreadsheet.
func bareCell(v float64, unit string) Cell { return Cell{Text: bare(v), Value: &v, Unit: unit} }

// orNothing is a figure that may be without bound, and then empty.
func orNothing(v *float64, unit string) Cell {
	if v == nil {
		return Cell{}
	}
	return bareCell(*v, unit)
}

// runCells are the replications and the seed of a run.
func runCells(c montecarlo.Conventions) []Cell {
	return texts(strconv.Itoa(c.Replications), strconv.FormatUint(c.Seed, 10))
}

// runSheet has every figure of a result, one in a row: totals, figures without a
// mean such as rates of return, probabilities, deadweight, series by quarter and
// financial year, and, with published as their case, the plans and payments that
// are published.
func runSheet(r *montecarlo.Result) Table {
	s := newSheet(r)
	s.result(r)
	s.published(r.Version.Programme, r.Prices)
	return s.table
}

// compareSheet is runSheet for every result of a comparison, with the paired
// differences as cases of their own: "high less low".
func compareSheet(c *montecarlo.Comparison) Table {
	s := newSheet(c.Results[0])
	for _, r := range c.Results {
		s.result(r)
	}
	s.priceBase, s.over = c.Results[0].Conventions.PriceBase, covers(c.Results...)
	for _, version := range c.Differences {
		for _, d := range version.Totals {
			s.distribution(version.Version+" less "+c.Against, d.Key, when{}, &d.Central, "", d.Distribution)
		}
	}
	s.published(c.Results[0].Version.Programme, c.Results[0].Prices)
	return s.table
}

// sheet is one figure in a row with all that is known of it.
type sheet struct {
	table     Table
	first     *montecarlo.Result
	quantiles int    // columns
	pairing   int    // the first column of the pairing and of the other's figures
	rates     int    // the first column of what is over rates
	over      string // what the ranges of the rows that are added are over
	priceBase string // of the rows that are added
}

func newSheet(first *montecarlo.Result) *sheet {
	s := &sheet{first: first, priceBase: first.Conventions.PriceBase, table: Table{Sheet: true}}
	s.table.Columns = append(textColumns("programme", "case", "measure", "of", "arm", "period", "period_ends", "level", "unit"),
		figureColumns("central", "central_is_exact_mean", "mean", "standard_deviation", "monte_carlo_standard_error")...)
	for _, q := range quantilesOf(first) {
		s.table.Columns = append(s.table.Columns, Column{Heading: "quantile_" + bare(100*q)})
		s.quantiles++
	}
	s.table.Columns = append(append(s.table.Columns, textColumns("range_pairing")...),
		figureColumns("mean_in_other_pairing", "standard_deviation_in_other_pairing")...)
	for _, q := range quantilesOf(first) {
		s.table.Columns = append(s.table.Columns, Column{Heading: "quantile_" + bare(100*q) + "_in_other_pairing"})
	}
	s.pairing = len(s.table.Columns) - s.quantiles - 3
	s.rates = len(s.table.Columns)
	s.table.Columns = append(append(s.table.Columns, textColumns("range_covers")...),
		figureColumns("share_of_variance_that_is_rates", "standard_error_of_share")...)
	for _, q := range quantilesOf(first) {
		s.table.Columns = append(s.table.Columns, Column{Heading: "quantile_" + bare(100*q) + "_chance_alone"})
	}
	s.table.Columns = append(s.table.Columns, textColumns("replications", "seed", "price_base")...)
	return s
}

func (s *sheet) result(r *montecarlo.Result) {
	s.priceBase, s.over = r.Conventions.PriceBase, covers(r)
	name := r.Version.Name()
	for _, t := range r.Totals {
		s.distribution(name, t.Key, when{}, &t.Central, strconv.FormatBool(t.Exact), t.Distribution)
		s.paired(t.Pairing, t.OtherPairing, t.Unit)
		s.ofRates(t)
	}
	s.bestEstimates(name, r.Stopping)
	for _, one := range r.Ranked {
		s.ranked(name, one)
	}
	for _, p := range r.Probabilities {
		m := p.Key
		s.distribution(name, m, when{}, nil, "", montecarlo.Distribution{Mean: p.Probability, StdErr: p.StdErr})
		if other := p.OtherPairing; other != nil {
			s.paired(p.Pairing, &montecarlo.Distribution{Mean: other.Probability}, p.Unit)
		}
	}
	for _, d := range r.Expectation.Deadweight {
		m := montecarlo.Key{Name: "deadweight", Of: d.Metric + ", cohort " + d.Cohort, Unit: montecarlo.Ratio}
		s.fact(name, m, "metric and cohort", when{}, d.Share, statusModelled)
	}
	for _, one := range r.Quarterly {
		s.series(name, one, func(i int) when { return inQuarter(r.Quarters[i]) })
	}
	for _, one := range r.Yearly {
		s.series(name, one, func(i int) when { return inYear(r.Years[i]) })
	}
	for _, one := range r.WhenPaid {
		if !one.NeedsDelivery() { // those are the investors'
			s.series(name, one, func(i int) when { return inYear(r.PaidYears[i]) })
		}
	}
}

// bestEstimates adds the means that a run went on until they were known well enough.
func (s *sheet) bestEstimates(name string, stopping *montecarlo.Stopping) {
	if stopping == nil {
		return
	}
	for _, k := range stopping.Means {
		m := k.Key
		m.Name += bestEstimate
		unit := unitName(m.Unit)
		s.add(name, m, s.levelOf(k.Key), when{}, []Cell{{}, {}, bareCell(k.Mean, unit), {}, bareCell(k.StdErr, unit)}, nil)
	}
}

// bestEstimate is what a spreadsheet calls such a mean.
const bestEstimate = ", best estimate of the mean"

func (s *sheet) series(name string, one montecarlo.Series, period func(i int) when) {
	for i := range one.By {
		s.distribution(name, one.Key, period(i), &one.Central[i], strconv.FormatBool(one.Exact), one.By[i])
		if one.OtherPairing != nil {
			s.paired(one.Pairing, &one.OtherPairing[i], one.Unit)
		}
	}
}

func (s *sheet) published(p *model.Programme, prices contract.Prices) {
	out := p.PublishedIn(prices)
	for _, a := range out.Actual {
		s.fact(statusPublished, montecarlo.Key{Name: "actual payments", Unit: montecarlo.Pounds}, levelTotal, inQuarter(a.Quarter), a.Amount.InexactFloat64(), statusPublished)
	}
	for _, plan := range out.Plans {
		for _, a := range plan.Payments {
			s.fact(statusPublished, montecarlo.Key{Name: "planned payments", Of: plan.Name, Unit: montecarlo.Pounds}, levelPlan, inQuarter(a.Quarter), a.Amount.InexactFloat64(), statusPublished)
		}
	}
	for _, r := range out.Results {
		s.fact(statusPublished, montecarlo.Key{Name: "units achieved", Of: r.Metric, Unit: montecarlo.Units}, "metric", when{" up to a day", r.By.String(), r.By}, float64(r.Units), statusPublished)
	}
}

// fact adds a figure that has no distribution.
func (s *sheet) fact(caseName string, m montecarlo.Key, level string, period when, v float64, status string) {
	c := bareCell(v, unitName(m.Unit))
	c.Status = status
	s.add(caseName, m, level, period, []Cell{c, {}, {}, {}, {}}, nil)
}

func (s *sheet) distribution(caseName string, m montecarlo.Key, period when, central *float64, exact string, d montecarlo.Distribution) {
	unit := unitName(m.Unit)
	var quantiles []Cell
	for _, q := range d.Quantiles {
		quantiles = append(quantiles, bareCell(q.Value, unit))
	}
	s.add(caseName, m, s.levelOf(m), period, []Cell{
		orNothing(central, unit), text(exact), bareCell(d.Mean, unit), orNothing(d.SD, unit), orNothing(d.StdErr, unit),
	}, quantiles)
}

// ranked adds a figure that has no mean.
func (s *sheet) ranked(caseName string, one montecarlo.Ranked) {
	unit := unitName(one.Unit)
	var quantiles []Cell
	for _, q := range one.Quantiles {
		quantiles = append(quantiles, orNothing(q.Value, unit))
	}
	s.add(caseName, one.Key, s.levelOf(one.Key), when{}, []Cell{orNothing(one.Central, unit), {}, {}, {}, {}}, quantiles)
	m := one.Key
	m.Name, m.Unit = m.Name+" is defined", montecarlo.Probability
	share := func(v float64) { // of replications
		s.add(caseName, m, s.levelOf(one.Key), when{}, []Cell{{}, {}, bareCell(v, unitName(m.Unit)), {}, {}}, nil)
	}
	share(one.Defined)
	m.Name = one.Name + " is not defined and money is lost"
	share(one.Lost)
}

// levelOf is the level of a figure of the whole contract.
func (s *sheet) levelOf(k montecarlo.Key) string { return levelOf(k, s.first.Version.Programme) }

func (s *sheet) add(caseName string, m montecarlo.Key, level string, period when, values, quantiles []Cell) {
	cells := texts(s.first.Version.Programme.Name, caseName, m.Name, m.Of, m.Arm, period.text, period.lastDay(), level+period.by, unitName(m.Unit))
	cells = append(append(cells, values...), quantiles...)
	for range s.quantiles - len(quantiles) {
		cells = append(cells, Cell{})
	}
	c := s.first.Conventions
	cells = append(cells, make([]Cell, 3+s.quantiles+3+s.quantiles)...)
	if len(quantiles) > 0 || m.Unit == montecarlo.Probability {
		cells[s.rates] = text(s.over)
	}
	cells = append(cells, runCells(c)...)
	s.table.add(append(cells, text(s.priceBase))...)
}

// paired adds to the last row the pairing that its range comes from, and the figure
// in the other; nothing if it does not depend on one.
func (s *sheet) paired(pairing string, other *montecarlo.Distribution, u montecarlo.Unit) {
	if other == nil {
		return
	}
	row, unit := s.table.Rows[len(s.table.Rows)-1].Cells[s.pairing:], unitName(u)
	row[0], row[1] = text(pairing), bareCell(other.Mean, unit)
	if len(other.Quantiles) == 0 {
		return // a probability
	}
	row[2] = orNothing(other.SD, unit)
	for i, q := range other.Quantiles {
		row[3+i] = bareCell(q.Value, unit)
	}
}

// covers says what ranges and chances are over, for a spreadsheet; of a difference
// between results, what those of either are.
func covers(results ...*montecarlo.Result) string {
	if over(results...) == atTheseRates {
		return chanceAlone
	}
	return "chance and rates"
}

// ofRates adds to the last row how much of the variance is rates, and the quantiles
// over chance alone; nothing where it is not known.
func (s *sheet) ofRates(t montecarlo.Summary) {
	if t.Rates == nil {
		return
	}
	row, unit := s.table.Rows[len(s.table.Rows)-1].Cells[s.rates+1:], unitName(t.Unit)
	row[0], row[1] = bareCell(t.Rates.Share, unitShare), bareCell(t.Rates.StdErr, unitShare)
	for i, q := range t.Rates.Chance {
		row[2+i] = bareCell(q.Value, unit)
	}
}
