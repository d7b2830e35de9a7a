package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// showCommand shows a programme.
type showCommand struct {
	source
	Case   string        `help:"The case to show; the file's first unless told otherwise." placeholder:"CASE"`
	Format report.Format `short:"f" help:"table, json, csv or markdown." enum:"table,json,csv,markdown" default:"table"`
}

// Run shows the programme and the register of its inputs.
func (c *showCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	p, err := c.programme(d, c.Case)
	if err != nil {
		return err
	}
	if c.Format == report.JSON {
		return writeJSON(to, p)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Programme(p)...)
}

// validateCommand checks a programme file.
type validateCommand struct {
	Programme string `arg:"" help:"A YAML file, or a name in the library."`
}

// Run reads the file with all its cases and variants and lists every fault.
func (c *validateCommand) Run(to *streams) error {
	d, err := openDocument(c.Programme)
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%s: no faults in the programme, its %d cases and its %d variants\n", c.Programme, len(d.Cases()), len(d.Variants()))
	return nil
}

// listCommand lists the library.
type listCommand struct{}

// Run lists every programme with its cases and variants.
func (listCommand) Run(to *streams) error {
	var tables []report.Table
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		if err != nil {
			return err
		}
		t := report.Table{Title: info.Name + ": " + info.Title, Columns: textColumns("", "name", "note")}
		for _, c := range d.Cases() {
			t.Rows = append(t.Rows, textRow("case", c.Name, c.Note))
		}
		for _, v := range d.Variants() {
			t.Rows = append(t.Rows, textRow("variant", v.Name, v.Note))
		}
		tables = append(tables, t)
	}
	return report.Write(to.out, report.Terminal, report.Options{}, tables...)
}

// initCommand writes a file to start from.
type initCommand struct {
	File string `arg:"" optional:"" help:"Where to write it." default:"programme.yaml"`
}

// Run writes the template; it never overwrites a file.
func (c *initCommand) Run(to *streams) error {
	file, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already and is left as it is: give another name", c.File)
	}
	if err != nil {
		return err
	}
	if _, err = file.Write(scenario.Template()); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%s written. Next: edgeofcare validate %s, then edgeofcare compare %s\n", c.File, c.File, c.File)
	return nil
}

// backtestCommand holds a fitted model against later payments.
type backtestCommand struct {
	Programme string        `arg:"" help:"Name in the library, or a YAML file."`
	To        string        `help:"The last quarter to fit to, 2022Q4 unless told otherwise." default:"2022Q4" placeholder:"QUARTER"`
	Path      string        `help:"The inputs to multiply; every failure rate unless told otherwise." placeholder:"PATH"`
	Case      string        `help:"The case to start from; the file's first unless told otherwise." placeholder:"CASE"`
	Format    report.Format `short:"f" help:"table, json, csv or markdown." enum:"table,json,csv,markdown" default:"table"`
}

// Run fits and prints modelled against actual payments.
func (c *backtestCommand) Run(to *streams) error {
	quarter, err := calendar.ParseQuarter(c.To)
	if err != nil {
		return err
	}
	d, err := openDocument(c.Programme)
	if err != nil {
		return err
	}
	b, err := calibrate.HoldOut(to.ctx, d, calibrate.Options{Case: c.Case, Path: c.Path, To: quarter})
	if err != nil {
		return err
	}
	if c.Format == report.JSON {
		return writeJSON(to, b)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Backtest(b)...)
}
