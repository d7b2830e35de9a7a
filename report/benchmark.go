package report

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Benchmark lays programmes side by side: what is published about each, and
// what its base case comes to in the central projection, apart.
func Benchmark(projections ...*montecarlo.Projection) []Table {
	for _, p := range projections {
		if p == nil || !complete(&p.Basis) {
			return nothing(whatCentralReturns)
		}
	}
	columns := textColumns("")
	for _, p := range projections {
		heading := p.Version.Programme.Name
		if len(p.Version.Layers) > 0 {
			heading += ": " + p.Version.Name()
		}
		columns = append(columns, Column{Heading: heading})
	}
	published := Table{Title: "Published", Columns: columns}
	central := Table{Title: "Modelled: the first case of each file, central projection, on assumptions", Columns: columns}
	var facts, figures []benchmark
	for _, p := range projections {
		facts, figures = append(facts, publishedBenchmark(p.Version.Programme)), append(figures, modelledBenchmark(p))
	}
	published.benchmarks(publishedRows, facts)
	central.benchmarks(modelledRows, figures)
	for _, row := range central.Rows {
		for i := range row.Cells {
			row.Cells[i].Status = "" // the model works them out, whatever it rests on
		}
	}
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
	central.Notes = []string{"Only what a file labels as published is a fact. edgeofcare show NAME lists the assumptions."}
	tables := append([]Table{published}, modelled(central)...)
	return inTheirColumns(projections, append(tables, benchmarkSheet(projections, tables...)))
}

// benchmark is one programme's figures; nil where there is none.
type benchmark struct {
	users, reached, payments, toDate, firstPlan, maximum, capital, fundShare *fact
	price                                                                    *fact
	unit                                                                     words.Unit // of price
	date                                                                     string     // of the last published payment
	firstPayment                                                             *fact      // quarters from the start
}

// fact is a figure and how far it can be relied on.
type fact struct {
	value  float64
	status model.Status
}

// cell is the figure in words, with its status; empty for none.
func (f *fact) cell(in func(float64) Cell) Cell {
	if f == nil {
		return Cell{}
	}
	c := in(f.value)
	c.Status = f.status.String()
	return c
}

// over is one figure over another, relied on as far as the weaker; nil without
// both.
func (f *fact) over(other *fact) *fact {
	if f == nil || other == nil || other.value == 0 {
		return nil
	}
	return &fact{f.value / other.value, min(f.status, other.status)}
}

// benchmarkRow is one row of a table; a cell without text is a dash.
type benchmarkRow struct {
	label  string
	indent int
	cell   func(b benchmark) Cell
}

var publishedRows = []benchmarkRow{
	{"Service users targeted", 0, func(b benchmark) Cell { return b.users.cell(counted("children")) }},
	{"Service users engaged", 0, func(b benchmark) Cell { return b.reached.cell(counted("children")) }},
	{"Outcome payments so far", 0, func(b benchmark) Cell { return b.payments.cell(money) }},
	{"to the end of", 1, func(b benchmark) Cell { return text(b.date) }},
	{"First plan, whole", 0, func(b benchmark) Cell { return b.firstPlan.cell(money) }},
	{"payments so far as a share of it", 1, func(b benchmark) Cell { return b.payments.over(b.firstPlan).cell(percent) }},
	{"Maximum outcome payments, latest", 0, func(b benchmark) Cell { return b.maximum.cell(money) }},
	{"payments so far as a share of it", 1, func(b benchmark) Cell { return b.payments.over(b.maximum).cell(percent) }},
	{"Average price", 0, averagePrice},
	{"Paid so far per child engaged", 0, func(b benchmark) Cell { return b.payments.over(b.reached).cell(money) }},
	{"Life Chances Fund share, of the contract or else of commitments", 0, func(b benchmark) Cell { return b.fundShare.cell(percent) }},
	{"Capital", 0, func(b benchmark) Cell { return b.capital.cell(money) }},
	{"per £ of the first plan", 1, func(b benchmark) Cell { return b.capital.over(b.firstPlan).cell(pence) }},
	{"Quarters from start to first payment", 0, func(b benchmark) Cell { return b.firstPayment.cell(counted("quarters")) }},
}

var modelledRows = []benchmarkRow{
	{"Children referred", 0, func(b benchmark) Cell { return b.users.cell(counted("children")) }},
	{"Children started", 0, func(b benchmark) Cell { return b.reached.cell(counted("children")) }},
	{"Outcome payments over the whole contract", 0, func(b benchmark) Cell { return b.payments.cell(money) }},
	{"as a share of the first plan", 1, func(b benchmark) Cell { return b.payments.over(b.firstPlan).cell(percent) }},
	{"as a share of the latest maximum", 1, func(b benchmark) Cell { return b.payments.over(b.maximum).cell(percent) }},
	{"to the last published quarter", 1, func(b benchmark) Cell { return b.toDate.cell(money) }},
	{"Average price", 0, averagePrice},
	{"Paid per child started", 0, func(b benchmark) Cell { return b.payments.over(b.reached).cell(money) }},
	{"Life Chances Fund share of payments", 0, func(b benchmark) Cell { return b.fundShare.cell(percent) }},
	{"Quarters from start to first payment", 0, func(b benchmark) Cell { return b.firstPayment.cell(counted("quarters")) }},
}

// benchmarks adds a row for each figure.
func (t *Table) benchmarks(rows []benchmarkRow, all []benchmark) {
	for _, row := range rows {
		cells := []Cell{text(row.label)}
		for _, b := range all {
			c := row.cell(b)
			if c.Text == "" {
				c = none()
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
	return b.price.cell(func(v float64) Cell {
		c := pence(v)
		c.Text += " " + b.unit.A()
		c.Unit += " " + b.unit.A()
		return c
	})
}

func counted(unit string) func(float64) Cell {
	return func(v float64) Cell { return number(v, 0, unit) }
}
