package report

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Beginnings of the names of published totals that a benchmark looks for in
// Programme.Published.Totals. Several totals that begin alike are added up only
// where that makes sense: capital by investor, commitments by payer.
const (
	maximumPayments = "maximum outcome payments, £"
	capitalRaised   = "capital raised"
	usersTargeted   = "service users targeted"
	usersEngaged    = "service users engaged"
	fundShare       = "Life Chances Fund share of outcome payments, %"
	commitmentOf    = "commitment of "
	fundCommitment  = "commitment of the Life Chances Fund"
)

// Benchmark lays programmes side by side: what is published about each, and
// what its base case comes to in the central projection, apart. The error is
// that of a programme that cannot be run.
func Benchmark(projections ...*montecarlo.Projection) []Table {
	columns := textColumns("")
	for _, p := range projections {
		columns = append(columns, Column{Heading: p.Version.Programme.Name})
	}
	published := Table{Title: "Published", Columns: columns}
	modelled := Table{Title: "Modelled: the first case of each file, central projection, on assumptions", Columns: columns}
	var facts, figures []benchmark
	for _, p := range projections {
		facts, figures = append(facts, publishedBenchmark(p.Version.Programme)), append(figures, modelledBenchmark(p))
	}
	published.benchmarks(publishedRows, facts, statusPublished)
	modelled.benchmarks(modelledRows, figures, statusModelled)
	published.Notes = []string{
		"Published, or derived from what is published: edgeofcare show NAME says which. A dash means that a file has no one such figure: nothing was published, or several figures that differ, or first payments that came in one claim for several quarters.",
		"Plans are best cases, and the maximum is set again when a contract is varied: compare with the first plan.",
	}
	for _, one := range projections {
		p := one.Version.Programme
		if note := firstPlanNote(p); note != "" {
			published.Notes = append(published.Notes, "First plan of "+p.Name+": "+note)
		}
	}
	modelled.Notes = []string{"Only what a file labels as published is a fact. edgeofcare show NAME lists the assumptions."}
	return []Table{published, modelled}
}

// benchmark is one programme's figures; nil where there is none.
type benchmark struct {
	users, reached, payments, toDate, firstPlan, maximum, capital, fundShare *float64
	price                                                                    *float64
	unit                                                                     words.Unit // of price
	date                                                                     string     // of the last published payment
	firstPayment                                                             *float64   // quarters from the start
}

// benchmarkRow is one row of a table; a cell without text is a dash.
type benchmarkRow struct {
	label  string
	indent int
	cell   func(b benchmark) Cell
}

var publishedRows = []benchmarkRow{
	{"Service users targeted", 0, func(b benchmark) Cell { return whole(b.users, "children") }},
	{"Service users engaged", 0, func(b benchmark) Cell { return whole(b.reached, "children") }},
	{"Outcome payments so far", 0, func(b benchmark) Cell { return pounds(b.payments) }},
	{"to the end of", 1, func(b benchmark) Cell { return text(b.date) }},
	{"First plan, whole", 0, func(b benchmark) Cell { return pounds(b.firstPlan) }},
	{"payments so far as a share of it", 1, func(b benchmark) Cell { return shareOf(b.payments, b.firstPlan) }},
	{"Maximum outcome payments, latest", 0, func(b benchmark) Cell { return pounds(b.maximum) }},
	{"payments so far as a share of it", 1, func(b benchmark) Cell { return shareOf(b.payments, b.maximum) }},
	{"Average price", 0, averagePrice},
	{"Paid so far per child engaged", 0, func(b benchmark) Cell { return pounds(ratio(b.payments, b.reached)) }},
	{"Life Chances Fund share, of the contract or else of commitments", 0, func(b benchmark) Cell { return shareOf(b.fundShare, new(1.0)) }},
	{"Capital", 0, func(b benchmark) Cell { return pounds(b.capital) }},
	{"per £ of the first plan", 1, func(b benchmark) Cell { return poundsAndPence(ratio(b.capital, b.firstPlan)) }},
	{"Quarters from start to first payment", 0, func(b benchmark) Cell { return whole(b.firstPayment, "quarters") }},
}

var modelledRows = []benchmarkRow{
	{"Children referred", 0, func(b benchmark) Cell { return whole(b.users, "children") }},
	{"Children started", 0, func(b benchmark) Cell { return whole(b.reached, "children") }},
	{"Outcome payments over the whole contract", 0, func(b benchmark) Cell { return pounds(b.payments) }},
	{"as a share of the first plan", 1, func(b benchmark) Cell { return shareOf(b.payments, b.firstPlan) }},
	{"as a share of the latest maximum", 1, func(b benchmark) Cell { return shareOf(b.payments, b.maximum) }},
	{"to the last published quarter", 1, func(b benchmark) Cell { return pounds(b.toDate) }},
	{"Average price", 0, averagePrice},
	{"Paid per child started", 0, func(b benchmark) Cell { return pounds(ratio(b.payments, b.reached)) }},
	{"Life Chances Fund share of payments", 0, func(b benchmark) Cell { return shareOf(b.fundShare, new(1.0)) }},
	{"Quarters from start to first payment", 0, func(b benchmark) Cell { return whole(b.firstPayment, "quarters") }},
}

// benchmarks adds a row for each figure.
func (t *Table) benchmarks(rows []benchmarkRow, all []benchmark, status string) {
	for _, row := range rows {
		cells := []Cell{text(row.label)}
		for _, b := range all {
			c := row.cell(b)
			if c.Text == "" {
				c = none()
			}
			if c.Unit != "" {
				c.Status = status
			}
			cells = append(cells, c)
		}
		t.Rows = append(t.Rows, Row{Indent: row.indent, Cells: cells})
	}
}

// firstPlanNote is what the file says of the first plan.
func firstPlanNote(p *model.Programme) string {
	if len(p.Published.Plans) == 0 {
		return ""
	}
	in, _ := register(p, "published.plans."+p.Published.Plans[0].Name+".from")
	return fullStop(in.Note)
}

// fullStop ends a note of a file with a full stop, if it has any words.
func fullStop(note string) string {
	note = words.OneLine(note)
	if note == "" || strings.HasSuffix(note, ".") {
		return note
	}
	return note + "."
}

// averagePrice is what a unit costs.
func averagePrice(b benchmark) Cell {
	if b.price == nil {
		return Cell{}
	}
	c := pence(*b.price)
	c.Text += " " + b.unit.A()
	c.Unit += " " + b.unit.A()
	return c
}

func whole(v *float64, unit string) Cell {
	if v == nil {
		return Cell{}
	}
	return number(*v, 0, unit)
}

func pounds(v *float64) Cell {
	if v == nil {
		return Cell{}
	}
	return money(*v)
}

func poundsAndPence(v *float64) Cell {
	if v == nil {
		return Cell{}
	}
	return pence(*v)
}

// shareOf is one figure as a share of another; empty without both.
func shareOf(a, b *float64) Cell {
	v := ratio(a, b)
	if v == nil {
		return Cell{}
	}
	return percent(*v)
}

// ratio is one figure over another; nil without both.
func ratio(a, b *float64) *float64 {
	if a == nil || b == nil || *b == 0 {
		return nil
	}
	return new(*a / *b)
}

// publishedBenchmark gathers what the file says is published.
func publishedBenchmark(p *model.Programme) benchmark {
	first := func(beginning string) *float64 {
		for _, t := range p.Published.Totals {
			if strings.HasPrefix(t.Name, beginning) {
				return new(t.Value.InexactFloat64())
			}
		}
		return nil
	}
	b := benchmark{users: first(usersTargeted), reached: first(usersEngaged), maximum: first(maximumPayments), capital: first(capitalRaised)}
	if s := first(fundShare); s != nil {
		b.fundShare = new(*s / 100)
	} else if fund := first(fundCommitment); fund != nil {
		all := 0.0
		for _, t := range p.Published.Totals {
			if strings.HasPrefix(t.Name, commitmentOf) {
				all += t.Value.InexactFloat64()
			}
		}
		b.fundShare = new(*fund / all)
	}
	b.payments = sumOf(p.Published.Actual)
	if b.payments == nil {
		b.payments = first("outcome payments made")
	}
	if n := len(p.Published.Actual); n > 0 {
		b.date = p.Published.Actual[n-1].Quarter.String()
	}
	if len(p.Published.Plans) > 0 {
		b.firstPlan = sumOf(p.Published.Plans[0].Payments)
	}
	for _, a := range p.Published.Actual {
		if a.Amount.IsPositive() {
			in, _ := register(p, "published.actual payments."+a.Quarter.String())
			if in.Status == model.Published { // not spread over the quarters of one claim
				b.firstPayment = new(float64(a.Quarter.Sub(p.Start.Quarter())))
			}
			break
		}
	}
	for _, unit := range []words.Unit{days, weeks} {
		if v := first("average payment per " + unit.One); v != nil {
			b.price, b.unit = v, unit
		}
	}
	return b
}

func sumOf(amounts []model.QuarterAmount) *float64 {
	if len(amounts) == 0 {
		return nil
	}
	sum := 0.0
	for _, a := range amounts {
		sum += a.Amount.InexactFloat64()
	}
	return &sum
}

// modelledBenchmark works the same figures out from the central projection.
func modelledBenchmark(projection *montecarlo.Projection) benchmark {
	p, e, ledger := projection.Version.Programme, projection.Expectation, projection.Ledger
	b := publishedBenchmark(p)
	quarters := len(ledger.Shape.Quarters)
	paid, fund, units := make([]float64, quarters), 0.0, 0.0
	for i, pence := range ledger.Payments {
		paid[i%quarters] += float64(pence) / 100
		if strings.HasPrefix(ledger.Payers[i/(quarters*len(ledger.Shape.Commissioners))], "Life Chances Fund") {
			fund += float64(pence) / 100
		}
	}
	for _, n := range e.Counts.Units {
		units += n
	}
	b.users, b.payments, b.reached = new(expectedChildren(p)), new(0.0), new(0.0)
	for _, v := range paid {
		*b.payments += v
	}
	for _, v := range e.Counts.Started {
		*b.reached += v
	}
	b.price, b.fundShare, b.firstPayment, b.toDate = nil, nil, nil, nil
	if unit, ok := oneUnit(p); ok && unit.Many != "outcomes" && !agreedDeadweight(p) && units > 0 {
		b.unit, b.price = unit, new(*b.payments/units)
	}
	if n := len(p.Published.Actual); n > 0 {
		b.toDate = new(0.0)
		for q, v := range paid {
			if ledger.Shape.Quarters[q] <= p.Published.Actual[n-1].Quarter {
				*b.toDate += v
			}
		}
	}
	if *b.payments > 0 {
		b.fundShare = new(fund / *b.payments)
		for q, v := range paid {
			if v >= 1 {
				b.firstPayment = new(float64(q))
				break
			}
		}
	}
	return b
}

func expectedChildren(p *model.Programme) float64 {
	sum := 0.0
	for _, c := range p.Cohorts {
		sum += c.Referrals.Expected()
	}
	return sum
}
