package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// projectFigure is an amount that a project states or the sum of its payments.
type projectFigure struct {
	name   string
	stated bool // by the export; otherwise it is the total of payments
	ranged bool // it may be a range
	// known are the amounts that are known, by currency.
	known []projectAmount
	// lacks says why the figure is not shown; empty if nothing is missing.
	lacks string
}

// projectAmount is an amount, or a range of one, in a currency.
type projectAmount struct {
	currency string // code; empty if the export gives none
	amount   indigo.Range
}

// figuresOf are the figures of a project that tables show.
func figuresOf(p indigo.Project) []projectFigure {
	f := p.Finance
	plan := projectFigure{name: "first plan"}
	if len(p.Plans) > 0 {
		plan = paymentFigure(plan.name, p.Planned(p.Plans[0].ID))
	}
	capital := statedFigure("capital", f.CapitalCurrency, f.Capital)
	capital.ranged = true
	return []projectFigure{
		capital,
		statedFigure("maximum payments", f.MaximumCurrency, indigo.Range{Exact: f.Maximum, Text: f.MaximumText}),
		plan,
		paymentFigure("actual payments", p.Actual()),
	}
}

// statedFigure is a figure that the export states.
func statedFigure(name, currency string, r indigo.Range) projectFigure {
	f := projectFigure{name: name, stated: true}
	switch {
	case r.Text != "":
		f.lacks = fmt.Sprintf("%q could not be read", r.Text)
	case r.Exact.Valid, r.Min.Valid, r.Max.Valid:
		f.known = []projectAmount{{currency, r}}
	}
	return f
}

// paymentFigure is the total of payments, in each currency. A total that lacks an
// amount is none.
func paymentFigure(name string, payments []indigo.Payment) projectFigure {
	f := projectFigure{name: name}
	sums, err := indigo.Total(payments)
	if err != nil {
		f.lacks = err.Error()
		return f
	}
	for code, amount := range sums {
		f.known = append(f.known, projectAmount{code, indigo.Range{Exact: decimal.NewNullDecimal(amount)}})
	}
	slices.SortFunc(f.known, func(a, b projectAmount) int { return cmp.Compare(a.currency, b.currency) })
	return f
}

// projectTable lists the projects of an INDIGO export with what it holds of them,
// a row for each currency that a project's amounts are in.
func projectTable(data *indigo.Dataset, folder string, all bool) report.Table {
	t := textTable(words.Plural(len(data.Projects), "project")+" in "+folder, "project", "name", "stage")
	t.Notes = []string{indigo.Disclaimer}
	if doubts, repairs := len(data.Notes), len(data.Repairs); doubts+repairs > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("What is in doubt: %s. Repaired or left out: %s. --doubts lists them, and those about a project stand at the top of its file.", words.Plural(doubts, "note"), (words.Unit{One: "cell or row", Many: "cells or rows"}).Of(float64(repairs))))
	}
	if others := notOfChildrensCare(shownProjects(data, all)); len(others) > 0 {
		t.Notes = append(t.Notes, "Not about children's social care by their policy sector, so that nothing in this program fits them: "+words.And(others)+".")
	}
	for _, f := range figuresOf(indigo.Project{}) {
		t.Columns = append(t.Columns, report.Column{Heading: f.name})
	}
	for _, p := range shownProjects(data, all) {
		figures := figuresOf(p)
		for _, code := range currenciesOf(figures) {
			row := textRow(p.ID, p.Name, p.Stage)
			for _, f := range figures {
				row.Cells = append(row.Cells, f.cell(code))
			}
			t.Rows = append(t.Rows, row)
		}
		for _, f := range figures {
			if f.lacks != "" {
				t.Notes = append(t.Notes, p.ID+", "+f.name+": "+f.lacks+".")
			}
		}
	}
	return t
}

// projectSheet has a row for each figure of each project, in its currency, and for what
// each organisation has committed; and for each figure that is not shown, the reason.
func projectSheet(data *indigo.Dataset, all bool) report.Table {
	t := textTable("", "project", "name", "stage", "policy_sector", "figure", "organisation")
	t.Sheet = true
	for _, heading := range []string{"value", "at_least", "at_most"} {
		t.Columns = append(t.Columns, report.Column{Heading: heading})
	}
	t.Columns = append(t.Columns, report.Column{Heading: "currency", Text: true}, report.Column{Heading: "not_shown", Text: true})
	for _, p := range shownProjects(data, all) {
		add := func(f projectFigure, organisation string) {
			of := []string{p.ID, p.Name, p.Stage, p.PolicySector, f.name, organisation}
			for _, a := range f.known {
				c := a.cell()
				row := textRow(of...)
				for _, v := range []*float64{c.Value, c.Low, c.High} {
					row.Cells = append(row.Cells, report.Cell{Value: v, Unit: c.Unit})
				}
				row.Cells = append(row.Cells, report.Cell{Text: c.Unit}, report.Cell{})
				t.Rows = append(t.Rows, row)
			}
			if f.lacks != "" {
				t.Rows = append(t.Rows, textRow(append(of, "", "", "", "", f.lacks)...))
			}
		}
		for _, f := range figuresOf(p) {
			add(f, "")
		}
		for _, c := range p.Commitments {
			add(statedFigure("commitment", c.Currency, indigo.Range{Exact: c.Maximum, Text: c.MaximumText}), p.Organisation(c.Organisation))
			add(statedFigure("paid", c.PaidCurrency, indigo.Range{Exact: c.Paid, Text: c.PaidText}), p.Organisation(c.Organisation))
		}
		for _, i := range p.Investments {
			add(statedFigure("invested", i.Currency, i.Amount), p.Organisation(i.Organisation))
		}
	}
	return t
}

// doubtSheet has a row for each doubt and, of all projects, for each repair.
func doubtSheet(notes []indigo.Note, data *indigo.Dataset, repairs bool) report.Table {
	t := textTable("", "kind", "project", "file", "row", "column", "heading", "given", "read_as", "what")
	t.Sheet = true
	for _, n := range notes {
		t.Rows = append(t.Rows, textRow("doubt", n.Project, n.File, rowNumber(n.Row), "", "", "", "", n.Text))
	}
	for _, row := range repairTable(data).Rows {
		if repairs {
			cells := append([]report.Cell{{Text: "repair"}, {}}, row.Cells...)
			t.Rows = append(t.Rows, report.Row{Cells: cells})
		}
	}
	return t
}

// rowNumber is the number of a row; empty if there is none.
func rowNumber(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// notOfChildrensCare are the ids of projects of other services.
func notOfChildrensCare(projects []indigo.Project) (ids []string) {
	for _, p := range projects {
		if !p.OfChildrensCare() {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// shownProjects are those with payments, or all.
func shownProjects(data *indigo.Dataset, all bool) []indigo.Project {
	var shown []indigo.Project
	for _, p := range data.Projects {
		if p.Name == "" {
			p.Name = "(not in the projects file)"
		}
		if all || len(p.Payments) > 0 {
			shown = append(shown, p)
		}
	}
	return shown
}

// notStated stands in the column of currencies where the export gives none.
const notStated = "not stated"

// currenciesOf are the currencies of figures, in the order in which they come;
// one without a name if there is no amount.
func currenciesOf(figures []projectFigure) []string {
	var all []string
	for _, f := range figures {
		for _, a := range f.known {
			if code := cmp.Or(a.currency, notStated); !slices.Contains(all, code) {
				all = append(all, code)
			}
		}
	}
	if all == nil {
		return []string{"-"}
	}
	return all
}

// cell is the figure in a currency.
func (f projectFigure) cell(code string) report.Cell {
	if f.lacks != "" {
		if f.stated {
			return report.Cell{Text: "not read"}
		}
		return report.Cell{Text: "no total"}
	}
	for _, a := range f.known {
		if cmp.Or(a.currency, notStated) == code {
			return a.cell()
		}
	}
	return report.Cell{Text: "-"}
}

// cell is the amount in its currency, with its pence if it has any.
func (a projectAmount) cell() report.Cell {
	c := report.Cell{Unit: cmp.Or(a.currency, notStated), Status: "published"}
	value := func(d decimal.NullDecimal) *float64 {
		if !d.Valid {
			return nil
		}
		if !d.Decimal.Round(2).IsInteger() {
			c.Decimals = 2
		}
		v := d.Decimal.InexactFloat64()
		return &v
	}
	c.Value, c.Low, c.High = value(a.amount.Exact), value(a.amount.Min), value(a.amount.Max)
	low, high := words.Money(a.currency, a.amount.Min.Decimal), words.Money(a.currency, a.amount.Max.Decimal)
	switch {
	case c.Value != nil:
		c.Text = words.Money(a.currency, a.amount.Exact.Decimal)
	case c.Low == nil:
		c.Text = "at most " + high
	case c.High == nil:
		c.Text = "at least " + low
	default:
		c.Text = low + " to " + high
	}
	return c
}

// repairTable lists what was not read from an export as it is written: where it
// stands, what stood there and what it was read as.
func repairTable(data *indigo.Dataset) report.Table {
	t := textTable("What was repaired or left out", "file", "row", "column", "heading", "what stood there", "read as", "why")
	for _, r := range data.Repairs {
		made := r.Made
		switch {
		case r.LeftOut:
			made = "row left out"
		case made == "" && r.Given != "":
			made = "not used"
		}
		row := textRow(r.File, fmt.Sprint(r.Row), r.Letter, r.Column, r.Given, made, r.Problem)
		if n, err := decimal.NewFromString(made); err == nil && n.IsNegative() {
			v := n.InexactFloat64() // which CSV does not take for a formula
			row.Cells[5].Value = &v
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// noteTable lists what the figures of an export leave in doubt.
func noteTable(notes []indigo.Note) report.Table {
	t := textTable("What is in doubt", "project", "file", "row", "what")
	for _, n := range notes {
		t.Rows = append(t.Rows, textRow(n.Project, n.File, rowNumber(n.Row), n.Text))
	}
	return t
}
