package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/report"
)

// simulation is the flags of every command that runs replications.
type simulation struct {
	Replications int           `short:"n" help:"Replications of each case." default:"10000"`
	Seed         uint64        `help:"The only source of randomness: the same seed gives the same figures." default:"1"`
	Workers      int           `help:"Replications at a time; 0 is one per core. Never changes a figure." default:"0"`
	Engine       lives.Engine  `help:"How lives are lived: jump, or the slower references walk and plain." default:"jump"`
	Format       report.Format `short:"f" help:"table, json, csv or markdown." enum:"table,json,csv,markdown" default:"table"`
}

// options are the run's options; progress is shown on a terminal only.
func (s *simulation) options(to *streams) montecarlo.Options {
	o := montecarlo.Options{Seed: s.Seed, Replications: s.Replications, Workers: s.Workers, Engine: s.Engine}
	if to.terminal {
		o.Progress = progressTo(to)
	}
	return o
}

// progressTo shows the share done on one line, at most ten times a second, and
// takes the line away at the end.
func progressTo(to *streams) func(done, total int) {
	var shown time.Time
	return func(done, total int) {
		if done < total && time.Since(shown) < 100*time.Millisecond {
			return
		}
		shown = time.Now()
		if done == total {
			fmt.Fprint(to.err, "\r\033[K")
			return
		}
		fmt.Fprintf(to.err, "\r%3d%% of %d replications", 100*done/total, total)
	}
}

// compareCommand compares cases.
type compareCommand struct {
	source
	simulation
	Cases   []string `help:"Cases to compare; the file says which unless told otherwise. A case may be followed by variants, as in 'medium + flat tariffs'." placeholder:"CASE"`
	Against string   `help:"The case that differences are taken from; the first unless told otherwise." placeholder:"CASE"`
}

// Help is shown by edgeofcare compare --help.
func (compareCommand) Help() string {
	return `Examples:
  edgeofcare compare dn2
  edgeofcare compare dn2 --cases base,medium --against base
  edgeofcare compare dn2 --cases "medium,medium + Life Chances Fund ends September 2024"
  edgeofcare compare dn2 --with "flat tariffs" --format markdown`
}

// Run compares the cases and prints them side by side.
func (c *compareCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	names := c.Cases
	if len(names) == 0 {
		names = d.Compare()
	}
	var cases []*model.Programme
	for _, name := range names {
		p, err := c.combined(d, name, c.Format)
		if err != nil {
			return err
		}
		cases = append(cases, p)
	}
	o := c.options(to)
	o.TotalsOnly = c.Format == report.Terminal || c.Format == report.Markdown
	comparison, err := montecarlo.Compare(to.ctx, cases, c.Against, o)
	if err != nil {
		return err
	}
	if c.Format == report.JSON {
		return writeJSON(to, comparison)
	}
	return report.Write(to.out, c.Format, report.Options{}, report.Compare(comparison, cases[0])...)
}

// runCommand runs one case.
type runCommand struct {
	source
	simulation
	sharding
	Case string `help:"The case to run; the file's first unless told otherwise." placeholder:"CASE"`
}

// Help is shown by edgeofcare run --help.
func (runCommand) Help() string {
	return `Examples:
  edgeofcare run dn2
  edgeofcare run dn2 --case high --format csv > high.csv
  edgeofcare run dn2 --set "background.foster.residential=0.004" -n 2000`
}

// Run runs the case and prints its figures.
func (c *runCommand) Run(to *streams) error {
	d, err := c.open()
	if err != nil {
		return err
	}
	p, err := c.programme(d, c.Case)
	if err != nil {
		return err
	}
	if c.asked() {
		return c.run(to, p, c.options(to))
	}
	result, err := montecarlo.Run(to.ctx, p, c.options(to))
	if err != nil {
		return err
	}
	return printRun(to, c.Format, result, p)
}

func writeJSON(to *streams, v any) error {
	out := json.NewEncoder(to.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
