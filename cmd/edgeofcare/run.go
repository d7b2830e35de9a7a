package main

import (
	"cmp"
	"fmt"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// runCommand runs one case, or a shard of its replications.
type runCommand struct {
	programmeFlags
	oneCase
	simulationFlags
	conditionedFlag
	untilFlag
	wideFlags
	councilFlag
	drawsFlags
	Shard *montecarlo.Shard `help:"Run one of several equal parts of the replications, as in 3/16, and write it to the file that -o names, for edgeofcare merge." placeholder:"N/OF"`
}

// Help is shown by edgeofcare run --help.
func (runCommand) Help() string {
	return versionsHelp + `

Examples:
  edgeofcare run dn2
  edgeofcare run dn2 --case high -o high.csv
  edgeofcare run dn2 --case medium --council Derby --prices "cash at 2%"
  edgeofcare run dn2 --set "background.foster.residential=0.004" -n 2000
  edgeofcare run dn2 --until 1%
  edgeofcare run dn2 --draws draws.csv.gz --draws-of "net public saving"

` + levelsHelp
}

// Validate leaves the name of a shard's file as it is.
func (c *runCommand) Validate() error {
	if c.Shard != nil {
		return nil
	}
	return c.wideFlags.Validate()
}

// Run runs the case and prints its figures.
func (c *runCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
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
	if err := cmp.Or(c.checkRates(v), c.checkHeld(c.FixedRates, v)); err != nil {
		return err
	}
	if err := c.checkCouncil(v); err != nil {
		return err
	}
	if c.Shard != nil {
		return c.shard(to, v)
	}
	if c.Council != "" {
		return c.councilPage(to, v)
	}
	if err := c.Until.inCurrency(v.Programme); err != nil {
		return err
	}
	file, err := c.startDraws(to)
	if err != nil {
		return err
	}
	result, err := montecarlo.Run(to.ctx, v, c.drawn(c.Until.until(c.hold(c.options(to)))))
	if err != nil {
		return err
	}
	if err := c.writeDraws(to, file, result); err != nil {
		return err
	}
	return c.write(to, result, report.Run(result)...)
}

// councilPage runs the case and prints one council's page.
func (c *runCommand) councilPage(to *streams, v *scenario.Version) error {
	c.budgetPrices(v)
	result, err := montecarlo.Run(to.ctx, v, c.hold(c.options(to)))
	if err != nil {
		return err
	}
	tables, err := c.page(nil, result)
	if err != nil {
		return err
	}
	return c.write(to, result, tables...)
}

// check refuses flags that do not go together.
func (c *runCommand) check() error {
	if err := c.checkDraws(); err != nil {
		return err
	}
	if c.Council != "" {
		if err := refuse("--council", map[string]bool{"--wide": c.Wide, "--until": c.Until != nil, "--shard": c.Shard != nil, "--draws": c.Draws != ""}); err != nil {
			return err
		}
		if !c.forPeople() {
			return c.pageToRead(c.Format)
		}
	}
	if c.Shard == nil {
		return c.wideFlags.check()
	}
	if c.Output == "" || c.Output == "-" {
		return misused("--shard needs a file for its part, as in --shard 3/16 -o part3: it prints nothing")
	}
	return refuse("--shard", map[string]bool{"--draws": c.Draws != "", "--format": c.Format != "", "--wide": c.Wide, "--until": c.Until != nil})
}

// shard runs the shard and writes its part.
func (c *runCommand) shard(to *streams, v *scenario.Version) error {
	part, err := montecarlo.RunShard(to.ctx, v, c.hold(c.options(to)), *c.Shard)
	if err != nil {
		return err
	}
	if _, err := part.WriteTo(c.file); err != nil {
		return err
	}
	if err := c.file.finish(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "%s written: shard %v, replications %d to %d of %d\n", words.Printable(c.Output), c.Shard, part.From+1, part.To, part.Replications)
	return err
}

// mergeCommand puts the parts of a run together.
type mergeCommand struct {
	programmeFlags
	Parts []string `arg:"" help:"The files that edgeofcare run --shard wrote, in any order." placeholder:"FILE"`
	oneCase
	wideFlags
}

// Help is shown by edgeofcare merge --help.
func (mergeCommand) Help() string {
	return `--case, --with and --set must be those that the shards were run with; prices are
those of the shards, and so are fixed rates; what was run with --prices "cash at 2%"
is merged with --set "inflation=2%". What is printed is what one run of all replications prints.

Examples:
  edgeofcare run dn2 --case high -n 1000000 --shard 1/2 -o part1
  edgeofcare run dn2 --case high -n 1000000 --shard 2/2 -o part2
  edgeofcare merge dn2 --case high part1 part2

` + levelsHelp
}

// Run merges the parts and prints the figures as edgeofcare run does.
func (c *mergeCommand) Run(to *streams) error {
	if err := c.check(); err != nil {
		return err
	}
	v, err := c.openOne(to, c.Case, &c.outputFlags)
	if err != nil {
		return err
	}
	var reading turns
	defer reading.end()
	result, err := montecarlo.MergeFrom(v, reading.files(c.Parts)...)
	if err != nil {
		return err
	}
	return c.write(to, result, report.Run(result)...)
}
