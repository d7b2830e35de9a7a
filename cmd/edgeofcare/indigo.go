package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/report"
)

// indigoCommand reads an export of the INDIGO impact bond dataset.
type indigoCommand struct {
	Folder  string `arg:"" help:"The folder with the CSV files of an export."`
	Project string `arg:"" optional:"" help:"Write the start of a programme file for this project: its identifier or a part of its name."`
	Export  string `help:"Which export it is, to be cited in that file. Default: CSV export." placeholder:"TEXT"`
	All     bool   `help:"List every project, also those without outcome payments."`
	outputFlags
}

// Help is shown by edgeofcare indigo --help.
func (indigoCommand) Help() string {
	return `The dataset is the Government Outcomes Lab's (golab.bsg.ox.ac.uk). ` + indigo.Disclaimer + `

Examples:
  edgeofcare indigo exports/2025-05
  edgeofcare indigo exports/2025-05 INDIGO-POJ-0178 -o norfolk.yaml`
}

// Validate leaves the name of a programme file as it is.
func (c *indigoCommand) Validate() error {
	if c.Project == "" {
		return c.outputFlags.Validate()
	}
	if c.Output == "" || c.Output == "-" {
		c.Output = ""
		return nil
	}
	return writable(c.Output)
}

// Run lists what it found, or writes the start of a programme file.
func (c *indigoCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	data, err := indigo.Read(os.DirFS(c.Folder))
	if err != nil {
		return err
	}
	if c.Project != "" {
		p, ok := data.Project(c.Project)
		if !ok {
			return fmt.Errorf("no project, or more than one, is called %q: edgeofcare indigo %s lists them", c.Project, c.Folder)
		}
		return c.deliver(to, p.Draft(cmp.Or(c.Export, "CSV export")))
	}
	tables := []report.Table{projectTable(data, c.Folder, c.All), projectSheet(data, c.All)}
	for _, t := range []report.Table{repairTable(data), noteTable(data)} {
		if len(t.Rows) > 0 {
			tables = append(tables, t, inSheet(t))
		}
	}
	return c.write(to, nil, tables...)
}

// check refuses flags that would do nothing.
func (c *indigoCommand) check() error {
	if folder, err := os.Stat(c.Folder); err != nil || !folder.IsDir() {
		return misused("there is no folder %s: name the one with the CSV files of an export", c.Folder)
	}
	if c.Project == "" {
		return refuse("a list of projects", map[string]bool{"--export": c.Export != ""})
	}
	return refuse("the start of a programme file", map[string]bool{"--all": c.All, "--format": c.Format != ""})
}
