package main

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
	"github.com/edgeofcare/edgeofcare/report"
)

// explainCommand says what a measure is.
type explainCommand struct {
	Measure   string `arg:"" optional:"" help:"The measure to explain, as in 'net saving'. If left out: a list of all measures."`
	Programme string `arg:"" optional:"" help:"A name in the library, or a YAML file: shows the figures of its central projection too."`
	Of        string `help:"The council, cohort, payer, investor or other party whose figure to show. Default: all together." placeholder:"NAME"`
	onTop
	oneCase
	priceFlags
	outputFlags
	// Simulated are the flags of commands that run replications, which a person who
	// comes from one of those may give.
	Simulated struct {
		Replications replications  `short:"n" hidden:""`
		Seed         *seed         `hidden:""`
		Workers      workers       `hidden:""`
		Engine       *lives.Engine `hidden:""`
	} `embed:""`
}

// Help is shown by edgeofcare explain --help.
func (explainCommand) Help() string {
	return `Examples:
  edgeofcare explain
  edgeofcare explain -o measures.csv
  edgeofcare explain "net saving"
  edgeofcare explain "net saving" dn2 --case medium --of Derby`
}

// Run prints the sentence, the rule and, given a programme, the figures.
func (c *explainCommand) Run(to *streams) error {
	if err := c.noReplications(); err != nil {
		return err
	}
	if c.Programme == "" {
		given := c.onVersion()
		given["--of"] = c.Of != ""
		if err := refuse("explain without a programme", given); err != nil {
			return err
		}
	}
	if c.Measure == "" {
		return c.write(to, montecarlo.Measures(), measureTable(), dictionary())
	}
	m, err := montecarlo.MeasureOf(c.Measure)
	if err != nil {
		return err
	}
	if err := refuse(fmt.Sprintf("%q is of all together only, and so it", m.Name), map[string]bool{"--of": c.Of != "" && len(m.By) == 0}); err != nil {
		return err
	}
	if c.Programme == "" {
		return c.write(to, m, report.Explain(&montecarlo.Explanation{Measure: m}, nil)...)
	}
	d, err := c.Prices.open(to, c.Programme)
	if err != nil {
		return err
	}
	v, err := c.version(d, c.Case)
	if err != nil {
		return err
	}
	c.about(v)
	p, err := montecarlo.Central(v, c.Prices.kind)
	if err != nil {
		return err
	}
	var of []string
	if c.Of != "" {
		of = []string{c.Of}
	}
	e, err := p.Explain(c.Measure, of...)
	if err != nil {
		return err
	}
	if e.Value == nil && len(e.Parts) == 0 {
		if err := refuse(fmt.Sprintf("explain has no central figure of %q, and so it", c.Measure), c.onVersion()); err != nil {
			return err
		}
	}
	return c.write(to, e, report.Explain(e, &p.Basis)...)
}

// noReplications refuses flags of a simulation, and says which command has it.
func (c *explainCommand) noReplications() error {
	s := &c.Simulated
	err := refuse("explain, which shows the central projection without any replications,", map[string]bool{
		"--replications (-n)": s.Replications != 0, "--seed": s.Seed != nil, "--workers": s.Workers != 0, "--engine": s.Engine != nil,
	})
	if err == nil {
		return nil
	}
	return misused("%w, or use edgeofcare run, which shows the mean and the range of every measure", err)
}

// onVersion is which flags of the version were given.
func (c *explainCommand) onVersion() map[string]bool {
	return map[string]bool{"--with": len(c.With) > 0, "--set": len(c.Set) > 0, "--case": c.Case != "", "--prices": c.Prices.given()}
}
