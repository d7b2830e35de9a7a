package main

import (
	"errors"
	"fmt"
	"strings"

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

// dictionary is the data dictionary: every measure that CSV, JSON and --draws may have,
// with its unit, whom it is known for and the rule behind it.
func dictionary() report.Table {
	t := textTable("", "measure", "part", "kind", "unit", "by", "all_together", "arms", "more_is", "what_it_is", "rule", "sum", "where")
	t.Sheet = true
	for _, m := range montecarlo.Measures() {
		var sum []string
		for _, term := range m.Sum {
			sum = append(sum, strings.TrimSpace(term.Sign+" "+montecarlo.Key{Name: term.Measure, Arm: term.Arm}.String()))
		}
		t.Rows = append(t.Rows, textRow(m.Name, m.Group, m.Kind, dictionaryUnit(m.Unit), strings.Join(m.By, "; "),
			fmt.Sprint(m.AllTogether), fmt.Sprint(m.Arms), moreIs(m), m.Plain, m.Rule, strings.Join(sum, "; "), m.Where))
	}
	return t
}

// dictionaryUnit is a unit as files for programs write it.
func dictionaryUnit(u montecarlo.Unit) string {
	if u == montecarlo.Pounds {
		return "GBP"
	}
	return string(u)
}

// moreIs says what more of a measure means to those whom it is about.
func moreIs(m montecarlo.Measure) string {
	switch {
	case m.MoreIsBetter:
		return "better"
	case m.MoreIsWorse:
		return "worse"
	}
	return ""
}

// dictionaryPage is the page of the guide about measures.
func dictionaryPage() string {
	var b strings.Builder
	b.WriteString(`# What is measured

Every figure that the command writes has the name of one of these measures, in tables, CSV, JSON and ` + "`--draws`" + `. This page
is made of the list in the program, which is also the data dictionary: ` + "`edgeofcare explain -o measures.csv`" + ` writes it with
the rule behind each, ` + "`edgeofcare explain \"net saving\" dn2`" + ` works one out for a programme.

Kinds: a *total* has a mean, an error and quantiles; a *probability* is that of an event; *ranked* figures may be without
bound and have quantiles alone; *daily* and *when paid* are series. A share or a probability is a share of 1, a rate is by
the year (0.08 is 8%), GBP is pounds in the price base that the file names beside it.

| measure | kind | unit | known for | what it is |
| --- | --- | --- | --- | --- |
`)
	group := ""
	for _, m := range montecarlo.Measures() {
		if m.Group != group {
			group = m.Group
			fmt.Fprintf(&b, "| **%s** | | | | |\n", words.Capital(group))
		}
		known := m.By
		if m.AllTogether {
			known = append([]string{"all"}, known...)
		}
		if m.Arms {
			known = append(known, "arm")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", m.Name, m.Kind, dictionaryUnit(m.Unit), strings.Join(known, ", "), m.Plain)
	}
	return b.String()
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
