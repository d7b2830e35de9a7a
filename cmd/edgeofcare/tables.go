package main

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// textTable is a table of words.
func textTable(title string, headings ...string) report.Table {
	t := report.Table{Title: title}
	for _, heading := range headings {
		t.Columns = append(t.Columns, report.Column{Heading: heading, Text: true})
	}
	return t
}

// textRow is a row of words.
func textRow(all ...string) report.Row {
	var row report.Row
	for _, text := range all {
		row.Cells = append(row.Cells, report.Cell{Text: text})
	}
	return row
}

// programmeTable lists the cases and variants of a programme.
func programmeTable(info scenario.ProgrammeInfo, d *scenario.Document) report.Table {
	t := textTable(info.Name+": "+info.Title, "", "name", "note")
	for _, c := range d.Cases() {
		t.Rows = append(t.Rows, textRow("case", c.Name, c.Note))
	}
	for _, v := range d.Variants() {
		t.Rows = append(t.Rows, textRow("variant", v.Name, v.Note))
	}
	return t
}

// measureTable lists every measure, group by group.
func measureTable() report.Table {
	t := textTable("What is measured: edgeofcare explain MEASURE", "measure", "what it is")
	var groups []string
	rows := map[string][]report.Row{}
	for _, m := range montecarlo.Measures() {
		if rows[m.Group] == nil {
			groups = append(groups, m.Group)
		}
		rows[m.Group] = append(rows[m.Group], textRow(m.Name, m.Plain))
	}
	for _, group := range groups {
		t.Rows = append(t.Rows, report.Row{Heading: words.Capital(group)})
		t.Rows = append(t.Rows, rows[group]...)
	}
	return t
}

// chartTable lists the charts and, where a version is given, says what it lacks
// for them.
func chartTable(v *scenario.Version) report.Table {
	t := textTable("Charts: edgeofcare plot PROGRAMME CHART", "chart", "what it answers")
	if v != nil {
		t = textTable("Charts: edgeofcare plot "+v.Programme.Name+" CHART", "chart", "what it answers", "why there is none")
	}
	for _, one := range charts {
		row := textRow(one.name, one.answer)
		if v != nil {
			row.Cells = append(row.Cells, report.Cell{Text: lacking(one.lacks(v))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// lacking is what a chart lacks, in a table.
func lacking(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, finance.ErrNoDelivery):
		return "the file has no delivery terms"
	}
	return err.Error()
}

// projectTable lists the projects of an INDIGO export with what it holds of them.
func projectTable(data *indigo.Dataset, folder string, all bool) report.Table {
	t := textTable(words.Plural(len(data.Projects), "project")+" in "+folder, "project", "name", "stage")
	t.Notes = []string{indigo.Disclaimer}
	for _, heading := range []string{"capital", "maximum payments", "first plan", "actual payments"} {
		t.Columns = append(t.Columns, report.Column{Heading: heading})
	}
	for _, p := range data.Projects {
		if len(p.Payments) == 0 && !all {
			continue
		}
		plan := report.Cell{Text: "-"}
		if len(p.Plans) > 0 {
			plan = pounds(indigo.Total(p.Planned(p.Plans[0].ID)))
		}
		if p.Name == "" {
			p.Name = "(not in the projects file)"
		}
		row := textRow(p.ID, p.Name, p.Stage)
		row.Cells = append(row.Cells, optional(p.Finance.Capital.Exact), optional(p.Finance.Maximum), plan, pounds(indigo.Total(p.Actual())))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// repairTable lists what was mended in an export and what its figures leave in
// doubt.
func repairTable(data *indigo.Dataset) report.Table {
	t := textTable("What was repaired, left out or is in doubt", "file", "row", "what")
	for _, r := range data.Repairs {
		what := r.Problem
		if r.Made != "" {
			what += fmt.Sprintf(" (%s: %s read as %s)", r.Column, r.Given, r.Made)
		}
		t.Rows = append(t.Rows, textRow(r.File, fmt.Sprint(r.Row), what))
	}
	for _, n := range data.Notes {
		t.Rows = append(t.Rows, textRow(n.Project, "", n.Text))
	}
	return t
}

// pounds writes an amount; most of the dataset's children's programmes are
// British.
func pounds(d decimal.Decimal) report.Cell {
	if d.IsZero() {
		return report.Cell{Text: "-"}
	}
	v := d.InexactFloat64()
	return report.Cell{Text: words.Pounds(v), Value: &v, Unit: "GBP", Status: "published"}
}

func optional(d decimal.NullDecimal) report.Cell {
	if !d.Valid {
		return report.Cell{Text: "-"}
	}
	return pounds(d.Decimal)
}
