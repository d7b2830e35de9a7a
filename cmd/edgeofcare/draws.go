package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// drawsFlags are those of commands that can write every replication of their runs.
type drawsFlags struct {
	Draws   string   `help:"Write every replication too, as tidy CSV for R and Python, to this file, which ends in .csv or .csv.gz: a row for each case, measure and replication; see docs/r-and-python.md." placeholder:"FILE"`
	DrawsOf []string `help:"With --draws: a measure to write, as in 'net public saving', or 'uncertain input' for what was drawn for each; may be repeated. Default: all." placeholder:"MEASURE" sep:"none"`
}

// checkDraws refuses a file that would not say what it is.
func (f *drawsFlags) checkDraws() error {
	switch {
	case f.Draws == "" && len(f.DrawsOf) > 0:
		return misused("--draws-of is for --draws: name a file with --draws, or leave it out")
	case f.Draws == "":
		return nil
	case !strings.HasSuffix(f.Draws, ".csv") && !strings.HasSuffix(f.Draws, ".csv.gz"):
		return misused("--draws %s: replications are written as CSV: let the file end in .csv, or .csv.gz to have it compressed", f.Draws)
	}
	for _, name := range f.DrawsOf {
		if _, err := montecarlo.MeasureOf(name); err != nil && name != "uncertain input" {
			return misused("--draws-of: %w", err)
		}
	}
	if err := writable(f.Draws); err != nil {
		return misused("%s", strings.Replace(err.Error(), "-o ", "--draws ", 1))
	}
	return nil
}

// drawn are the options of a run whose replications are written.
func (f *drawsFlags) drawn(o montecarlo.Options) montecarlo.Options {
	o.AllValues = o.AllValues || f.Draws != ""
	return o
}

// startDraws makes the file before anything is run for it; nil if there is none.
func (f *drawsFlags) startDraws(to *streams) (*outFile, error) {
	if f.Draws == "" {
		return nil, nil
	}
	return to.files.create(f.Draws)
}

// writeDraws writes the replications, if there is a file for them.
func (f *drawsFlags) writeDraws(to *streams, file *outFile, results ...*montecarlo.Result) error {
	if file == nil {
		return nil
	}
	var w io.Writer = file
	var compressed *gzip.Writer
	if strings.HasSuffix(f.Draws, ".gz") {
		compressed = gzip.NewWriter(file)
		w = compressed
	}
	if err := report.WriteDraws(to.ctx, w, f.DrawsOf, results...); err != nil {
		return fmt.Errorf("--draws: %w", err)
	}
	if compressed != nil {
		if err := compressed.Close(); err != nil {
			return err
		}
	}
	if err := file.finish(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(to.err, "%s written\n", words.Printable(file.place))
	return err
}
