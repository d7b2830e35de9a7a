package main

import (
	"fmt"
	"os"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// indigoCommand reads an export of the INDIGO impact bond dataset.
type indigoCommand struct {
	Folder  string        `arg:"" type:"existingdir" help:"Folder with the CSV files of an export."`
	Project string        `arg:"" optional:"" help:"Write the start of a programme file for this project: its identifier or a part of its name."`
	Export  string        `help:"Which export it is, to be cited in that file." placeholder:"TEXT" default:"CSV export"`
	All     bool          `help:"List every project, also those without outcome payments."`
	Format  report.Format `short:"f" help:"table, csv or markdown." enum:"table,csv,markdown" default:"table"`
}

// Help is shown by edgeofcare indigo --help.
func (indigoCommand) Help() string {
	return `The dataset is the Government Outcomes Lab's (golab.bsg.ox.ac.uk). ` + indigo.Disclaimer + `

Examples:
  edgeofcare indigo exports/2025-05
  edgeofcare indigo exports/2025-05 INDIGO-POJ-0178 > norfolk.yaml`
}

// Run lists what it found, or writes the start of a programme file.
func (c *indigoCommand) Run(to *streams) error {
	data, err := indigo.Read(os.DirFS(c.Folder))
	if err != nil {
		return err
	}
	if c.Project != "" {
		p, ok := data.Project(c.Project)
		if !ok {
			return fmt.Errorf("no project, or more than one, is called %q: edgeofcare indigo %s lists them", c.Project, c.Folder)
		}
		_, err := to.out.Write(p.Draft(c.Export))
		return err
	}
	return report.Write(to.out, c.Format, report.Options{}, c.projects(data), c.repairs(data))
}

// projects lists the projects with what the export holds of them.
func (c *indigoCommand) projects(data *indigo.Dataset) report.Table {
	t := report.Table{
		Title:   fmt.Sprintf("%d projects in %s", len(data.Projects), c.Folder),
		Columns: textColumns("project", "name", "stage"),
		Notes:   []string{indigo.Disclaimer},
	}
	for _, heading := range []string{"capital", "maximum payments", "first plan", "actual payments"} {
		t.Columns = append(t.Columns, report.Column{Heading: heading})
	}
	for _, p := range data.Projects {
		if len(p.Payments) == 0 && !c.All {
			continue
		}
		var plan report.Cell
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

// repairs lists what was mended and what the figures leave in doubt.
func (c *indigoCommand) repairs(data *indigo.Dataset) report.Table {
	t := report.Table{Title: "What was repaired, left out or is in doubt", Columns: textColumns("file", "row", "what")}
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

// textColumns are columns of words.
func textColumns(headings ...string) []report.Column {
	var columns []report.Column
	for _, heading := range headings {
		columns = append(columns, report.Column{Heading: heading, Text: true})
	}
	return columns
}

// textRow is a row of words.
func textRow(all ...string) report.Row {
	var row report.Row
	for _, text := range all {
		row.Cells = append(row.Cells, report.Cell{Text: text})
	}
	return row
}
