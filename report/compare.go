package report

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Compare lays cases out side by side: what is paid, what care is avoided, what
// is left and how sure that is, with the paired differences below. A table for a
// spreadsheet has every figure of every case, and of the differences.
func Compare(c *montecarlo.Comparison) []Table {
	if !compared(c) {
		return nothing(whatCompareReturns)
	}
	v := c.Results[0].Version
	p := v.Programme
	s := newSideBySide(c.Results)
	s.table.Title, s.table.About = titleOf(v), append([]string{runsLine(c.Results, " of each case")}, changedLines(theirVersions(c.Results)...)...)
	s.paid(p)
	s.avoided()
	s.left(p)
	s.checks(p)
	runs := byVersion(c.Results...)
	s.table.Notes = slices.Concat(notes(runs), ratesNote(c.Results...), []string{compareCheck(runs)}, warned(runs))
	tables := []Table{s.table}
	if len(c.Differences) > 0 {
		tables = append(tables, differences(c))
	}
	tables = append(tables, howWellKnown(c.Results)...)
	return inCurrency(p, append(modelled(tables...), compareSheet(c))...)
}

// theirVersions are the versions of results.
func theirVersions(results []*montecarlo.Result) (all []*scenario.Version) {
	for _, r := range results {
		all = append(all, r.Version)
	}
	return all
}

// sideBySide is a table with a column for every result.
type sideBySide struct {
	results []*montecarlo.Result
	table   Table
}

func newSideBySide(results []*montecarlo.Result) *sideBySide {
	s := &sideBySide{results: results, table: Table{Columns: textColumns("")}}
	for _, r := range results {
		s.table.Columns = append(s.table.Columns, Column{Heading: headingOf(r.Version)})
	}
	return s
}

// cells are a label and a cell for every result.
func (s *sideBySide) cells(label string, cell func(*montecarlo.Result) Cell) []Cell {
	cells := []Cell{text(label)}
	for _, r := range s.results {
		cells = append(cells, cell(r))
	}
	return cells
}

func (s *sideBySide) row(label string, cell func(*montecarlo.Result) Cell) {
	s.table.add(s.cells(label, cell)...)
}

func (s *sideBySide) part(label string, cell func(*montecarlo.Result) Cell) {
	s.table.part(s.cells(label, cell)...)
}

// add adds a row, or a part of the row above.
func (s *sideBySide) add(row line) {
	for _, r := range s.results {
		if row.has(r) {
			s.table.Rows = append(s.table.Rows, Row{Indent: row.indent, Cells: s.cells(row.label, row.cell)})
			return
		}
	}
}

// line is a row that is left out if no result has the figure.
type line struct {
	label  string
	indent int
	has    func(*montecarlo.Result) bool
	cell   func(*montecarlo.Result) Cell
}

// under makes a line a part of the one above it.
func (l line) under() line {
	l.indent = 1
	return l
}

// ofTotal is the line of a total.
func ofTotal(label, name, of string, cell func(montecarlo.Summary) Cell) line {
	return line{
		label: label,
		has: func(r *montecarlo.Result) bool {
			_, ok := r.Totals.Of(name, of)
			return ok
		},
		cell: func(r *montecarlo.Result) Cell {
			if s, ok := r.Totals.Of(name, of); ok {
				return cell(s)
			}
			return none()
		},
	}
}

// ofEvent is the line of the probability of an event.
func ofEvent(label, event, of string, cell func(montecarlo.ProbabilityOf) Cell) line {
	return line{
		label: label,
		has: func(r *montecarlo.Result) bool {
			_, ok := r.Probabilities.Of(event, of)
			return ok
		},
		cell: func(r *montecarlo.Result) Cell {
			if p, ok := r.Probabilities.Of(event, of); ok {
				return cell(p)
			}
			return none()
		},
	}
}

// What a cell says of a total.
var (
	central = func(s montecarlo.Summary) Cell { return figure(s.Central, s.Unit) }
	mean    = func(s montecarlo.Summary) Cell { return figure(s.Mean, s.Unit) }
	meanErr = func(s montecarlo.Summary) Cell { return estimate(s.Mean, s.StdErr, s.Unit) }
	spread  = func(s montecarlo.Summary) Cell { return rangeOf(s.Distribution, s.Unit) }
)

// rangeOf is the range between the outermost quantiles.
func rangeOf(d montecarlo.Distribution, u montecarlo.Unit) Cell {
	q := outermost(d)
	if q == nil {
		return none()
	}
	return between(q[0].Value, q[1].Value, u)
}

// rangeLabel names the outermost quantiles and what they are over: "5% to 95%, at
// these rates".
func rangeLabel(results ...*montecarlo.Result) string {
	return rangeName(results[0]) + ", " + over(results...)
}

// rangeName names the outermost quantiles: "5% to 95%".
func rangeName(r *montecarlo.Result) string {
	q := quantilesOf(r)
	if len(q) == 0 {
		return "range"
	}
	return words.Percentile(q[0]) + " to " + words.Percentile(q[len(q)-1])
}

// distribution adds the central projection, the mean, its error and the range
// of a total.
func (s *sideBySide) distribution(label, name string) {
	s.add(ofTotal(label+", central", name, "", central))
	s.add(ofTotal("mean of replications ± its standard error", name, "", meanErr).under())
	s.add(ofTotal(rangeLabel(s.results...), name, "", spread).under())
	s.ofRates(name, "")
}

// meanAndRange adds the mean and the range of a total.
func (s *sideBySide) meanAndRange(label, name, of string) {
	s.add(ofTotal(label+", mean", name, of, mean))
	s.add(ofTotal(rangeLabel(s.results...), name, of, spread).under())
	s.ofRates(name, of)
}

// ofRates adds the range of a total over chance alone and the share of its variance
// that is rates, where any result has them.
func (s *sideBySide) ofRates(name, of string) {
	row := ofTotal(rangeName(s.results[0])+", "+chanceAlone, name, of, chanceCell).under()
	row.has = func(r *montecarlo.Result) bool {
		total, ok := r.Totals.Of(name, of)
		return ok && total.Rates != nil
	}
	s.add(row)
	row.label, row.cell = shareOfRates, ofTotal("", name, of, shareCell).cell
	s.add(row)
}

func (s *sideBySide) paid(p *model.Programme) {
	s.table.heading("What is paid")
	s.add(ofTotal("Children referred", montecarlo.Referred, "", mean))
	s.add(ofTotal("Children who start", montecarlo.Started, "", mean))
	_, one := oneUnit(p)
	if one {
		s.add(ofTotal(payableUnits(p), montecarlo.PaidUnits, "", mean))
	} else {
		s.table.add(text(payableUnits(p)))
	}
	for _, m := range p.Contract.Metrics {
		label := m.Name
		if !one {
			label = withUnit(label, unitOf(m).Many)
		}
		s.add(ofTotal(label, montecarlo.PaidUnits, m.Name, mean).under())
	}
	s.cohortRates(s.rateTiers())
	if s.drawn() || !s.linear() { // the exact expectation is at stated values, and knows no tiers
		s.add(ofTotal("Claims before caps, mean", montecarlo.Claims, "", mean))
	} else {
		s.add(ofTotal("Claims before caps, exact mean", montecarlo.Claims, "", central))
	}
	s.add(ofTotal("Grants in place of claims", montecarlo.GrantsPaid, "", central))
	s.add(ofTotal("Delivery fee, part of outcome payments, mean", montecarlo.FeesPaid, "", mean))
	s.add(ofTotal("Claims and grants cut by caps, mean", montecarlo.Unpaid, "", mean))
	s.distribution("Outcome payments", montecarlo.Payments)
	for _, payer := range outsidePayers(p) {
		s.add(ofTotal(payer+", mean", montecarlo.Payments, payer, mean).under())
	}
	for _, c := range p.Commissioners {
		s.add(ofTotal(c.Name+", mean", montecarlo.Payments, c.Name, mean).under())
	}
	s.add(ofEvent("Probability that the contract cap is reached, "+over(s.results...), montecarlo.CapReached, "", chance))
	s.add(ofEvent("Probability of fewer "+s.minimum(p.MinimumReferrals)+", "+over(s.results...), montecarlo.TooFewReferred, "", chance))
}

// minimum says how many referrals the contract asks for, if it is the same number
// in all versions.
func (s *sideBySide) minimum(m model.MinimumReferrals) string {
	for _, r := range s.results {
		if own := r.Version.Programme.MinimumReferrals; own.Children != m.Children || own.Weeks != m.Weeks {
			return "referrals than the version's own minimum"
		}
	}
	return fmt.Sprintf("than %d referrals in %d weeks", m.Children, m.Weeks)
}

// savingsTargets are those of all versions.
func (s *sideBySide) savingsTargets() []model.SavingsTarget {
	var all []model.SavingsTarget
	for _, r := range s.results {
		for _, t := range r.Version.Programme.SavingsTargets {
			if !slices.ContainsFunc(all, func(o model.SavingsTarget) bool { return o.String() == t.String() }) {
				all = append(all, t)
			}
		}
	}
	return all
}

func (s *sideBySide) avoided() {
	s.table.heading("What care is avoided")
	s.distribution("Gross avoided cost", montecarlo.Avoided)
	s.distribution("Gross avoided if effects persist", montecarlo.AvoidedToEnd)
	s.meanAndRange("Cashable saving", montecarlo.Cashable, "")
}

func (s *sideBySide) left(p *model.Programme) {
	s.table.heading("What is left: gross avoided cost less payments")
	s.distribution("Net public saving", montecarlo.NetPublic)
	s.add(ofEvent("probability that it is above £0, "+over(s.results...), montecarlo.Saves, "", chance).under())
	for _, c := range p.Commissioners {
		s.meanAndRange("Net saving to "+c.Name+" after its own payments", montecarlo.NetSaving, c.Name)
	}
	s.add(s.othersPay(p))
	s.add(ofTotal("Present value of net public saving, mean", montecarlo.ValueNet, "", mean))
	s.add(ofTotal("Benefit-cost ratio, of mean present values", montecarlo.BenefitCost, "", meanErr))
	s.table.heading("What is left that is cashable: cashable saving less all payments")
	s.meanAndRange("Cashable saving less all payments", montecarlo.NetCashable, "")
	s.add(ofEvent("probability that it is above £0, "+over(s.results...), montecarlo.CashableSaves, "", chance).under())
	s.table.add(text("Cashable saving less own payments, mean"))
	for _, c := range p.Commissioners {
		s.add(ofTotal(c.Name, montecarlo.OwnNetCashable, c.Name, mean).under())
	}
	s.add(s.othersPay(p).under())
	for _, t := range s.savingsTargets() {
		s.add(ofEvent("Probability of meeting "+targetName(t)+", cashable saving less own payments, "+over(s.results...), montecarlo.TargetMet, t.String(), chance))
		s.add(ofEvent("cashable saving before payments", montecarlo.TargetMetGross, t.String(), chance).under())
	}
}

// othersPay is what lies between the councils' savings and those of all.
func (s *sideBySide) othersPay(p *model.Programme) line {
	return line{
		label: othersPay(p) + ", mean",
		has:   func(r *montecarlo.Result) bool { return othersPay(r.Version.Programme) != "" },
		cell: func(r *montecarlo.Result) Cell {
			_, mean := paidByOthers(r)
			return money(-mean)
		},
	}
}

// targetName is a savings target in a sentence: "Derby's £250,000 in 2021/22 and
// 2022/23".
func targetName(t model.SavingsTarget) string {
	var years []string
	for _, y := range t.Years {
		years = append(years, y.String())
	}
	return t.Commissioner + "'s " + stated(t.Amount) + " in " + words.And(years)
}

// compareCheck says what to make of the differences in the table, or why there are none.
func compareCheck(runs []labelled) string {
	if slices.ContainsFunc(runs, func(one labelled) bool { return one.run.Check.Compared > 0 }) {
		return "Check: " + words.Small(checkRule)
	}
	return checkNote(runs)
}

func (s *sideBySide) checks(p *model.Programme) {
	s.table.heading("Checks")
	if compared := func(r *montecarlo.Result) bool { return r.Check.Compared > 0 }; slices.ContainsFunc(s.results, compared) {
		s.row("Simulated means against exact ones, largest difference", func(r *montecarlo.Result) Cell {
			if !compared(r) {
				return none()
			}
			c := number(r.Check.Errors, 1, "standard errors")
			c.Text += " standard errors"
			return c
		})
		s.part("figures compared", func(r *montecarlo.Result) Cell { return number(float64(r.Check.Compared), 0, "figures") })
	}
	to := s.results[0].Conventions.ToDate
	if to.IsZero() {
		return
	}
	s.meanAndRange("Outcome payments to "+to.Last().Long(), montecarlo.PaymentsToDate, "")
	actual, paths := 0.0, []string(nil)
	for _, a := range p.PublishedIn(s.results[0].Prices).Actual {
		if a.Quarter >= p.Start.Quarter() && a.Quarter <= to {
			actual += a.Amount.InexactFloat64()
			paths = append(paths, actualPath(a.Quarter))
		}
	}
	s.part("published actual payments to that date", func(*montecarlo.Result) Cell { return money(actual).from(p, paths...) })
}

// differences lays out what each case differs by from the one compared against.
func differences(c *montecarlo.Comparison) Table {
	t := Table{
		Title:   "Differences from " + againstLine(versionNamed(c.Results, c.Against)),
		About:   []string{"Paired: the same children with the same random numbers, in both lives of a child and in both versions"},
		Columns: append(textColumns("", "case"), figureColumns("central", "mean", "standard error", rangeLabel(c.Results...))...),
	}
	for _, name := range []string{montecarlo.Payments, montecarlo.Avoided, montecarlo.NetPublic, montecarlo.NetCashable} {
		for _, version := range c.Differences {
			if d, ok := version.Totals.Of(name); ok {
				t.add(text(words.Capital(name)), text(asWritten(versionNamed(c.Results, version.Version))), figure(d.Central, d.Unit), figure(d.Mean, d.Unit),
					errorOf(d.StdErr, d.Unit), rangeOf(d.Distribution, d.Unit))
			}
		}
	}
	return t
}

// linear reports whether the claims of every version are proportional to its units.
func (s *sideBySide) linear() bool {
	for _, r := range s.results {
		if slices.ContainsFunc(r.Version.Programme.Contract.Metrics, func(m contract.Metric) bool { return !m.Tariff.Linear() }) {
			return false
		}
	}
	return true
}
