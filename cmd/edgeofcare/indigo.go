package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/report"
)

// indigoCommand reads an export of the INDIGO impact bond dataset.
type indigoCommand struct {
	Folder  string `arg:"" help:"The folder with the CSV files of an export."`
	Project string `arg:"" optional:"" help:"Write the start of a programme file for this project: its identifier or a part of its name."`
	Export  string `help:"Which export it is, to be cited in that file. Default: CSV export." placeholder:"TEXT"`
	All     bool   `help:"List every project, also those without outcome payments."`
	Doubts  bool   `help:"List what the export leaves in doubt and what was repaired, of all projects or of the one named, in place of the projects or the file."`
	outputFlags
}

// Help is shown by edgeofcare indigo --help.
func (indigoCommand) Help() string {
	return `The dataset is the Government Outcomes Lab's (golab.bsg.ox.ac.uk). ` + indigo.Disclaimer + `

The start of a programme file has what is published of the project, and placeholders for the
rest: charts of what is published can be drawn of it at once. What is in doubt about the
project stands at its top. Organisations have names if the folder holds organisations.csv.

Examples:
  edgeofcare indigo exports/2025-05
  edgeofcare indigo exports/2025-05 --doubts
  edgeofcare indigo exports/2025-05 INDIGO-POJ-0178 -o norfolk.yaml
  edgeofcare plot norfolk.yaml payments --published -o norfolk.svg`
}

// Validate leaves the name of a programme file as it is.
func (c *indigoCommand) Validate() error {
	if !c.writesFile() {
		return c.outputFlags.Validate()
	}
	if c.Output == "" || c.Output == "-" {
		c.Output = ""
		return nil
	}
	return writable(c.Output)
}

// writesFile reports whether the start of a programme file is written, and no table.
func (c *indigoCommand) writesFile() bool { return c.Project != "" && !c.Doubts }

// Run lists what it found, or writes the start of a programme file.
func (c *indigoCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	data, err := indigo.Read(os.DirFS(c.Folder))
	if err != nil {
		return err
	}
	var project *indigo.Project
	if c.Project != "" {
		p, ok := data.Project(c.Project)
		if !ok {
			return fmt.Errorf("no project, or more than one, is called %q: edgeofcare indigo %s lists them", c.Project, c.Folder)
		}
		project = &p
	}
	switch {
	case c.Doubts:
		return c.doubts(to, data, project)
	case project != nil:
		return c.draft(to, project)
	}
	return c.write(to, nil, projectTable(data, c.Folder, c.All), projectSheet(data, c.All))
}

// draft writes the start of a programme file, and says beside it what a reader must know
// before anything else.
func (c *indigoCommand) draft(to *streams, p *indigo.Project) error {
	if !p.OfChildrensCare() {
		fmt.Fprintf(to.err, "Warning: the policy sector of %s is %q, not child and family welfare. This program models children's social care: nothing that it works out fits another service.\n",
			words.Printable(cmp.Or(p.Name, p.ID)), words.Printable(p.PolicySector))
	}
	if err := c.deliver(to, p.Draft(cmp.Or(c.Export, "CSV export"))); err != nil {
		return err
	}
	if n := len(p.Doubts); n > 0 && c.Output != "" {
		fmt.Fprintf(to.err, "The export leaves %s about the project, which stand at the top of the file.\n", words.Plural(n, "doubt"))
	}
	return nil
}

// doubts lists what is in doubt, and of all projects what was repaired.
func (c *indigoCommand) doubts(to *streams, data *indigo.Dataset, project *indigo.Project) error {
	notes := data.Notes
	if project != nil {
		notes = project.Doubts
	}
	doubts := noteTable(notes)
	if project != nil {
		doubts.Title += " about " + cmp.Or(project.Name, project.ID)
	}
	if len(doubts.Rows) == 0 {
		doubts.Notes = append(doubts.Notes, "Nothing that the export says contradicts itself.")
	}
	tables := []report.Table{doubts}
	if repaired := repairTable(data); project == nil && len(repaired.Rows) > 0 {
		tables = append(tables, repaired)
	}
	return c.write(to, nil, append(tables, doubtSheet(notes, data, project == nil))...)
}

// check refuses flags that would do nothing.
func (c *indigoCommand) check() error {
	if folder, err := os.Stat(c.Folder); err != nil || !folder.IsDir() {
		return misused("there is no folder %s: name the one with the CSV files of an export", c.Folder)
	}
	switch {
	case c.Doubts:
		return refuse("--doubts", map[string]bool{"--export": c.Export != "", "--all": c.All})
	case c.Project == "":
		return refuse("a list of projects", map[string]bool{"--export": c.Export != ""})
	}
	return refuse("the start of a programme file", map[string]bool{"--all": c.All, "--format": c.Format != ""})
}
