package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Compare lays cases out side by side: what is paid, what care is avoided, what
// is left and how sure that is, with the paired differences below. The
// programme is that of any of the cases.
func Compare(c *montecarlo.Comparison, p *model.Programme) []Table {
	side := &comparison{c: c, p: p, t: Table{Columns: append([]string{""}, c.Cases...), Text: 1}}
	first := c.Results[0].Conventions
	side.t.Title = fmt.Sprintf("%s\n%s replications of each case, seed %d; £ in %s", c.Title, Count(float64(first.Replications)), first.Seed, first.PriceBase)
	side.paid()
	side.avoided()
	side.left()
	side.checks()
	side.t.Notes = notes(c.Results...)
	tables := []Table{side.t}
	if len(c.Differences) > 0 {
		tables = append(tables, differences(c))
	}
	return tables
}

type comparison struct {
	c *montecarlo.Comparison
	p *model.Programme
	t Table
}

func (s *comparison) heading(text string) { s.t.Add(strings.ToUpper(text)) }

// row adds a row with a cell for every case.
func (s *comparison) row(label string, cell func(*montecarlo.Result) string) {
	cells := []string{label}
	for _, r := range s.c.Results {
		cells = append(cells, cell(r))
	}
	s.t.Add(cells...)
}

// total adds a row for one total.
func (s *comparison) total(label, name, of string, cell func(montecarlo.Summary) string) {
	if _, ok := s.c.Results[0].Total(name, of); !ok {
		return
	}
	s.row(label, func(r *montecarlo.Result) string {
		if t, ok := r.Total(name, of); ok {
			return cell(t)
		}
		return "-"
	})
}

// distribution adds the central projection, the mean, its error and the range
// of a total.
func (s *comparison) distribution(label, name, of string) {
	s.total(label+", central projection", name, of, central)
	s.total("  mean of replications ± its standard error", name, of, func(t montecarlo.Summary) string {
		return mean(t) + " ± " + value(t.StdErr, t.Unit)
	})
	s.total("  "+rangeLabel(s.c.Results[0]), name, of, spread)
}

func (s *comparison) chance(label, event, of string) {
	if _, ok := s.c.Results[0].Probability(event, of); !ok {
		return
	}
	s.row(label, func(r *montecarlo.Result) string {
		p, _ := r.Probability(event, of)
		return Percent(p.Probability)
	})
}

func (s *comparison) paid() {
	s.heading("What is paid")
	s.total("Children referred", montecarlo.Referred, "", mean)
	s.total("Children who start", montecarlo.Started, "", mean)
	if unit, ok := oneUnit(s.p); ok {
		s.total("Payable "+unit+before(s.p), montecarlo.PaidUnits, "", mean)
	} else {
		s.t.Add("Payable units" + before(s.p))
	}
	for _, m := range s.p.Contract.Metrics {
		label := "  " + m.Name
		if _, ok := oneUnit(s.p); !ok {
			label += ", " + m.Trigger.Definition().Unit.Many
		}
		s.total(label, montecarlo.PaidUnits, m.Name, mean)
	}
	s.total("Claims before all caps, exact mean", montecarlo.Claims, "", central)
	s.total("Grants in place of claims", montecarlo.GrantsPaid, "", central)
	s.total("Cut by caps of any kind, mean", montecarlo.Unpaid, "", mean)
	s.distribution("Outcome payments", montecarlo.Payments, "")
	for _, p := range s.p.Contract.Payers {
		if p.Name != "commissioner" {
			s.total("  "+p.Name+", mean", montecarlo.Payments, p.Name, mean)
		}
	}
	for _, c := range s.p.Commissioners {
		s.total("  "+c.Name+", mean", montecarlo.Payments, c.Name, mean)
	}
	s.chance("Chance that the contract cap is reached", montecarlo.CapReached, "")
	m := s.p.MinimumReferrals
	s.chance(fmt.Sprintf("Chance of fewer than %d referrals in %d weeks", m.Children, m.Weeks), montecarlo.TooFewReferred, "")
}

func (s *comparison) avoided() {
	s.heading("What care is avoided")
	s.distribution("Gross avoided cost, tracking window", montecarlo.Avoided, "")
	s.distribution("If effects persist to the horizon", montecarlo.AvoidedToEnd, "")
	s.total("Cashable part of gross avoided cost, mean", montecarlo.Cashable, "", mean)
	s.total("  "+rangeLabel(s.c.Results[0]), montecarlo.Cashable, "", spread)
}

func (s *comparison) left() {
	s.heading("What is left: gross avoided cost less payments")
	s.distribution("Net public saving", montecarlo.NetPublic, "")
	s.chance("  chance that it is above £0, at these rates", montecarlo.Saves, "")
	for _, c := range s.p.Commissioners {
		s.total("Net saving to "+c.Name+" after its own payments, mean", montecarlo.NetSaving, c.Name, mean)
		s.total("  "+rangeLabel(s.c.Results[0]), montecarlo.NetSaving, c.Name, spread)
	}
	s.total("Present value of net public saving, mean", montecarlo.ValueNet, "", mean)
	s.total("Benefit-cost ratio, mean", montecarlo.BenefitCost, "", mean)
	s.heading("What is left in cash: cashable saving less payments")
	s.total("Cashable less all payments, mean", montecarlo.NetCashable, "", mean)
	s.total("  "+rangeLabel(s.c.Results[0]), montecarlo.NetCashable, "", spread)
	s.chance("  chance that it is above £0, at these rates", montecarlo.CashableSaves, "")
	for _, c := range s.p.Commissioners {
		s.total(c.Name+", cashable less its own payments, mean", montecarlo.NetCashable, c.Name, mean)
	}
	for _, t := range s.p.SavingsTargets {
		label := fmt.Sprintf("%s's £%s in %s", t.Commissioner, grouped(t.Amount.InexactFloat64(), 0), years(t))
		s.chance("Chance of "+label+", cashable less own payments", montecarlo.TargetMet, t.String())
		s.chance("  before its payments", montecarlo.TargetMetGross, t.String())
	}
}

// before says what has not been taken off payable units.
func before(p *model.Programme) string {
	for _, m := range p.Contract.Metrics {
		if m.AgreedDeadweight.IsPositive() {
			return ", before all caps and agreed deadweight"
		}
	}
	return ", before all caps"
}

// oneUnit returns the unit that every metric is counted in, if there is one.
func oneUnit(p *model.Programme) (string, bool) {
	unit := ""
	for _, m := range p.Contract.Metrics {
		if unit != "" && m.Trigger.Definition().Unit.Many != unit {
			return "", false
		}
		unit = m.Trigger.Definition().Unit.Many
	}
	return unit, unit != ""
}

func years(t model.SavingsTarget) string {
	var all []string
	for _, y := range t.Years {
		all = append(all, y.String())
	}
	return strings.Join(all, " and ")
}

func (s *comparison) checks() {
	s.heading("Checks")
	s.row("Simulated means against exact ones, largest difference", func(r *montecarlo.Result) string {
		return fmt.Sprintf("%.1f standard errors", r.Check.Errors)
	})
	s.row("  figures compared", func(r *montecarlo.Result) string { return fmt.Sprint(r.Check.Compared) })
	if to := s.c.Results[0].Conventions.ToDate; !to.IsZero() {
		s.total("Outcome payments to "+to.Last().Long()+", mean", montecarlo.PaymentsToDate, "", mean)
		s.total("  "+rangeLabel(s.c.Results[0]), montecarlo.PaymentsToDate, "", spread)
		actual := 0.0
		for _, a := range s.p.Published.Actual {
			if a.Quarter >= s.p.Start.Quarter() && a.Quarter <= to {
				actual += a.Amount.InexactFloat64()
			}
		}
		s.row("  published actual payments to that date", func(*montecarlo.Result) string { return Money(actual) })
	}
}

// differences lays out what each case differs by from the one compared against.
func differences(c *montecarlo.Comparison) Table {
	t := Table{
		Title:   fmt.Sprintf("Difference from the %s case, paired: the same children with the same luck", c.Against),
		Columns: []string{"", "case", "central", "mean", "standard error", rangeLabel(c.Results[0])},
		Text:    2,
	}
	for _, name := range []string{montecarlo.Payments, montecarlo.Avoided, montecarlo.NetPublic, montecarlo.NetCashable} {
		for _, caseName := range c.Cases {
			if d, ok := c.Difference(caseName, name, ""); ok {
				t.Add(capital(name), caseName, value(d.Central, d.Unit), value(d.Mean, d.Unit), value(d.StdErr, d.Unit), ends(d.Distribution, d.Unit))
			}
		}
	}
	return t
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func central(t montecarlo.Summary) string { return value(t.Central, t.Unit) }

func mean(t montecarlo.Summary) string { return value(t.Mean, t.Unit) }

// spread is the range between the outermost quantiles.
func spread(t montecarlo.Summary) string { return ends(t.Distribution, t.Unit) }

func ends(d montecarlo.Distribution, u montecarlo.Unit) string {
	if len(d.Quantiles) == 0 {
		return "-"
	}
	low, high := d.Quantiles[0].Value, d.Quantiles[len(d.Quantiles)-1].Value
	switch largest := max(math.Abs(low), math.Abs(high)); {
	case u == montecarlo.Pounds && largest >= 1e6:
		return Millions(low) + " to " + Millions(high)
	case u == montecarlo.Pounds && largest >= 1e5:
		return Money(math.Round(low/1e3)) + "k to " + Money(math.Round(high/1e3)) + "k"
	}
	return value(low, u) + " to " + value(high, u)
}

// rangeLabel names the outermost quantiles: "5% to 95%".
func rangeLabel(r *montecarlo.Result) string {
	if len(r.Totals) == 0 || len(r.Totals[0].Quantiles) == 0 {
		return "range"
	}
	q := r.Totals[0].Quantiles
	return fmt.Sprintf("%g%% to %g%%", 100*q[0].P, 100*q[len(q)-1].P)
}

// notes says how figures were made and what must be read with them.
func notes(results ...*montecarlo.Result) []string {
	r := results[0]
	c := r.Conventions
	all := []string{
		"Central projection: " + c.Central + ". Mean: " + c.Mean + ". They differ where a cap binds, and the mean is then the one to expect.",
		"Range: " + c.Uncertainty + ". " + capital(c.Pairing) + ".",
		"Avoided cost: " + strings.TrimPrefix(c.Window, "avoided cost ") + ". Undiscounted unless called a present value: " + c.Discounting + ".",
		fmt.Sprintf("Counting: %s. Horizon: %s, %d weeks. Engine %s on %s; programme %s.",
			c.Counting, c.Horizon.Long(), c.Weeks, c.Engine, c.Architecture, c.Fingerprint),
	}
	all = append(all, "Check: among so many figures a largest difference of 2 to 3.5 standard errors is ordinary; above 5 there is a warning.")
	return append(all, warned(results...)...)
}

// warned are the warnings of runs, and the cautions of their programme.
func warned(results ...*montecarlo.Result) []string {
	var all []string
	for _, r := range results {
		for _, w := range r.Warnings {
			all = append(all, fmt.Sprintf("Warning (%s): %s.", r.Case, w.Text))
		}
	}
	for _, caution := range results[0].Cautions {
		all = append(all, "Caution: "+caution)
	}
	return all
}
