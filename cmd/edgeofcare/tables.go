package main

import (
	"errors"

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
